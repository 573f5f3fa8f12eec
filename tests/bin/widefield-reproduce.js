#!/usr/bin/env node
import { register } from "tsx/esm/api";

register();
const { runReproduction } = await import("../src/runner/run-reproduction.ts");
process.exitCode = await runReproduction(process.argv.slice(2));
