import { writeFileSync } from "node:fs";
import type { SerializedError } from "vitest";
import type { Reporter, TestModule } from "vitest/node";
import type { TestCount } from "./test-count.ts";

/** Writes the counts to the file that WIDEFIELD_TEST_COUNT names; `runTests` prints them when vitest has ended. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const file = process.env.WIDEFIELD_TEST_COUNT;
    if (file) writeFileSync(file, JSON.stringify(countTests(modules, unhandled.length)));
  }
}

function countTests(modules: readonly TestModule[], unhandled: number): TestCount {
  let passed = 0;
  let failed = unhandled;
  let skipped = 0;
  for (const module of modules) {
    // A file that does not load, or a hook that throws, has errors of its own and may leave no failed test behind.
    failed += module.errors().length;
    for (const suite of module.children.allSuites()) failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") passed += 1;
      else if (state === "failed") failed += 1;
      else skipped += 1;
    }
  }
  return { passed, failed, skipped };
}
