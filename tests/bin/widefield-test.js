#!/usr/bin/env node
import { register } from "tsx/esm/api";

register();
const { runTests } = await import("../src/runner/run-tests.ts");
process.exitCode = await runTests(process.argv.slice(2));
