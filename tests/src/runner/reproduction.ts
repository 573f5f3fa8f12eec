/** The rows of one family's table that can be measured now. */
export interface Reproduction {
  readonly rows: readonly ReproductionRow[];
}

export interface ReproductionRow {
  /** As the table numbers it: "1", "2", … */
  readonly id: string;
  readonly title: string;
  measure(): AsyncIterable<ReproductionMeasurement> | Iterable<ReproductionMeasurement>;
}

export interface ReproductionMeasurement {
  readonly name: string;
  readonly measured: string;
  readonly expected: string;
  readonly holds: boolean;
}

/** A number near its expectation. */
export function near(name: string, measured: number, expected: number, tolerance: number): ReproductionMeasurement {
  return {
    name,
    measured: measured.toFixed(4),
    expected: `${expected} ± ${tolerance}`,
    holds: Math.abs(measured - expected) <= tolerance,
  };
}

/** One line of the printed table. */
export function formatMeasurement({ name, measured, expected, holds }: ReproductionMeasurement): string {
  return `   ${holds ? "ok " : "OFF"}  ${name.padEnd(48)} ${measured.padStart(12)}   expected ${expected}`;
}
