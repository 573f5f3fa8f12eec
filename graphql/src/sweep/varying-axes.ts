import { canonicalJson } from "@widefield/experiments/contract/identity";

export interface VaryingAxis {
  readonly param: string;
  /** Distinct values, in order of first appearance. */
  readonly values: readonly unknown[];
}

/**
 * The params that take more than one value over the trials, given in order of position; `seed` last, if it varies.
 * Reads what the trials are, so that several sweeps of one study and params with defaults come out right.
 */
export function varyingAxes(
  trials: Iterable<{ readonly params: Readonly<Record<string, unknown>>; readonly seed: number }>,
): VaryingAxis[] {
  const axes = new Map<string, Map<string, unknown>>();
  const seeds = new Map<string, unknown>();
  let count = 0;
  for (const { params, seed } of trials) {
    for (const [param, value] of Object.entries(params)) {
      // Absent in every trial before: that is a value too.
      const values = axes.get(param) ?? new Map<string, unknown>(count > 0 ? [["null", null]] : []);
      axes.set(param, values.set(canonicalJson(value), value));
    }
    for (const [param, values] of axes) if (!(param in params)) values.set("null", null);
    seeds.set(String(seed), seed);
    count++;
  }
  return [...axes, ["seed", seeds] as const]
    .filter(([, values]) => values.size > 1)
    .map(([param, values]) => ({ param, values: [...values.values()] }));
}
