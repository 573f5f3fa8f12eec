import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findChromium, findPostgres } from "./requirement.ts";
import { settle } from "./run-tests.ts";
import { exitCodeOf } from "./test-count.ts";

const bin = fileURLToPath(new URL("../../bin/widefield-test.js", import.meta.url));
const config = fileURLToPath(new URL("fixture/vitest.config.ts", import.meta.url));

function run(filters: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<{ code: number; lastLine: string }> {
  return new Promise((resolve) => {
    const { CI: _, ...inherited } = process.env;
    const child = execFile(
      process.execPath,
      [bin, "--config", config, ...filters],
      { env: { ...inherited, ...env } },
      (_error, stdout) => {
        resolve({ code: child.exitCode ?? -1, lastLine: stdout.trimEnd().split("\n").at(-1) ?? "" });
      },
    );
  });
}

describe("npm test, seen from outside", () => {
  test("counts passed, failed and skipped in its last line", async () => {
    expect(await run(["mixed", "good"])).toEqual({ code: 1, lastLine: "2 passed, 1 failed, 1 skipped" });
  });

  test("ends with 0 when all is well", async () => {
    expect(await run(["good"])).toEqual({ code: 0, lastLine: "1 passed, 0 failed, 0 skipped" });
  });

  test("counts a file that does not load as failed", async () => {
    expect(await run(["good", "unloadable"])).toEqual({ code: 1, lastLine: "1 passed, 1 failed, 0 skipped" });
  });

  test("counts a hook that throws as failed", async () => {
    expect(await run(["hook"])).toEqual({ code: 1, lastLine: "0 passed, 1 failed, 1 skipped" });
  });

  test("fails when a test kills its process", async () => {
    const { code, lastLine } = await run(["good", "dying"]);
    expect(code).toBe(1);
    expect(lastLine).toMatch(/^1 passed, [1-9] failed, \d skipped$/);
  });

  test("fails when nothing ran", async () => {
    expect(await run(["there-is-no-such-file"])).toEqual({ code: 1, lastLine: "0 passed, 0 failed, 0 skipped" });
  });

  test("fails in CI when the browser is missing", async () => {
    const outcome = await run(["good"], { CI: "true", CHROMIUM: "/nowhere/chromium", PATH: "/usr/bin:/bin" });
    expect(outcome.code).toBe(1);
    expect(outcome.lastLine).toMatch(/^1 passed, [12] failed, 0 skipped$/);
  });
});

describe("the count", () => {
  test("a bad end without a failed test is one failure", () => {
    expect(settle({ passed: 3, failed: 0, skipped: 0 }, 1, 0)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });
  test("a failed test explains a bad end", () => {
    expect(settle({ passed: 3, failed: 2, skipped: 0 }, 1, 0)).toEqual({ passed: 3, failed: 2, skipped: 0 });
  });
  test("a vitest that never counted is one failure", () => {
    expect(settle(null, 134, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
  test("skips alone are no success", () => {
    expect(exitCodeOf({ passed: 0, failed: 0, skipped: 5 })).toBe(1);
  });
});

describe("what the machine has", () => {
  test("a wrong CHROMIUM is missing, not replaced by another", () => {
    expect(findChromium({ CHROMIUM: "/nowhere/chromium", PATH: "/usr/bin" })).toBeNull();
  });
  test("any executable named by CHROMIUM is taken", () => {
    expect(findChromium({ CHROMIUM: process.execPath })).toBe(process.execPath);
  });
  test("Postgres is a folder with both programs, or null", () => {
    const folder = findPostgres({ PATH: "" });
    expect(folder === null || folder.startsWith("/")).toBe(true);
  });
});
