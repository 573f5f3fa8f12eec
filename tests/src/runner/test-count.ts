/** How a run of the tests ended. */
export interface TestCount {
  readonly passed: number;
  /** Tests that failed, and files, suites, hooks or loose promises that failed outside any test. */
  readonly failed: number;
  readonly skipped: number;
}

/** The line that ends every run. */
export function formatCount(count: TestCount): string {
  return `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`;
}

/** A run is good when something passed and nothing failed. */
export function exitCodeOf(count: TestCount): number {
  return count.failed === 0 && count.passed > 0 ? 0 : 1;
}
