import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureGenerated } from "@widefield/prisma/generate";
import { findRequirements, type Requirement } from "./requirement.ts";
import { exitCodeOf, formatCount, type TestCount } from "./test-count.ts";

const workspace = fileURLToPath(new URL("../..", import.meta.url));

/**
 * `npm test`: generates what is missing, looks for a browser and a Postgres, runs vitest with the given filters and flags,
 * and prints the counts as the last line. vitest is a process of its own, so that a crash of it is counted too.
 * @param filters vitest's own: parts of paths (`protocol`), `-t <name>`, `--project pure`.
 * @returns the exit code.
 */
export async function runTests(filters: readonly string[]): Promise<number> {
  const requirements = findRequirements();
  const missing = requirements.filter((requirement) => requirement.path === null);
  const inCi = process.env.CI === "true" || process.env.CI === "1";
  report(missing, inCi);
  if (await ensureGenerated()) console.log("Generated the Prisma client and the Pothos types.");

  const folder = await mkdtemp(join(tmpdir(), "widefield-test-"));
  try {
    const countFile = join(folder, "count.json");
    const code = await runVitest(filters, testEnvironment(requirements, countFile));
    const counted = await readCount(countFile);
    if (counted === null) console.error(`vitest ended with ${code} before it had counted anything.`);
    else if (counted.passed + counted.failed + counted.skipped === 0) console.error("No test ran.");
    const count = settle(counted, code, inCi ? missing.length : 0);
    console.log(formatCount(count));
    return exitCodeOf(count);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Adds what vitest could not count: missing programs where they must be there, and a bad end without a failed test. */
export function settle(counted: TestCount | null, vitestCode: number, missingInCi: number): TestCount {
  const { passed, failed, skipped } = counted ?? { passed: 0, failed: 0, skipped: 0 };
  const unexplained = failed === 0 && vitestCode !== 0 && passed + skipped > 0 ? 1 : 0;
  const crashed = counted === null ? 1 : 0;
  return { passed, failed: failed + missingInCi + Math.max(unexplained, crashed), skipped };
}

function report(missing: readonly Requirement[], inCi: boolean): void {
  for (const { name, purpose, install } of missing) {
    const consequence = inCi ? `${purpose} cannot run, which fails a run in CI` : `${purpose} will be skipped`;
    console.error(`${name} is missing: ${consequence}. To install it: ${install}.`);
  }
}

function testEnvironment(requirements: readonly Requirement[], countFile: string): NodeJS.ProcessEnv {
  const path = (name: string) => requirements.find((requirement) => requirement.name === name)?.path ?? null;
  const chromium = path("Chromium");
  const postgres = path("PostgreSQL");
  return {
    ...process.env,
    ...(chromium ? { CHROMIUM: chromium } : {}),
    ...(postgres ? { PATH: `${process.env.PATH ?? ""}${delimiter}${postgres}` } : {}),
    WIDEFIELD_TEST_COUNT: countFile,
  };
}

function runVitest(filters: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const reporters = ["--reporter=default", `--reporter=${join(workspace, "src/runner/count-reporter.ts")}`];
  const child = spawn(process.execPath, [vitest, "run", "--passWithNoTests", ...reporters, ...filters], {
    cwd: workspace,
    env,
    stdio: "inherit",
  });
  // The terminal sends Ctrl-C to both; wait for vitest to clean up and then print the counts.
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  process.on("SIGINT", () => undefined);
  process.once("SIGTERM", forward);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

async function readCount(file: string): Promise<TestCount | null> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as TestCount;
  } catch {
    return null;
  }
}
