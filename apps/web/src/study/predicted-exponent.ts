import { jsonKey, paramAt } from "../chart/json-key.ts";
import { exponentsOf } from "./subject.ts";

/**
 * The power of the width that theory predicts for the trials that have these params; null where it predicts none for some of them, or
 * several. Params that it was not asked apart by do not matter.
 */
export function predictedExponent(
  theory: readonly { readonly key: unknown; readonly theory: { readonly exponents: unknown } }[],
  params: Readonly<Record<string, unknown>>,
  metric: string,
): number | null {
  const matching = theory.filter(({ key }) =>
    Object.entries(params).every(([param, value]) => {
      const known = paramAt(key, param);
      return known === undefined || jsonKey(known) === jsonKey(value);
    }),
  );
  const exponents = new Set(matching.map((one) => exponentsOf(one.theory.exponents)[metric]));
  const [only] = exponents;
  return exponents.size === 1 && only !== undefined ? only : null;
}
