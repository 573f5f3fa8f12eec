import { ExperimentError } from "../contract/program.ts";
import { type AbcdParametrization, faithfulD } from "./abcd-parametrization.ts";
import { movementExponentsOf } from "./classify.ts";
import { atLeast, equals, exponentTolerance, type Inequality, type Verdict, verdictOf } from "./inequality.ts";

/** What theory says of an abcd-parametrization under Adam or SignSGD. All exponents are powers of the width n. */
export interface AdaptiveClassification {
  readonly point: AbcdParametrization;
  readonly layers: number;
  readonly verdict: Verdict;
  /** min of r_1 … r_L. */
  readonly r: number;
  /** r_1 … r_{L+1}. */
  readonly rByLayer: readonly number[];
  readonly inequalities: readonly Inequality[];
  /** For W^1 … W^{L+1}. */
  readonly updatedMaximally: readonly boolean[];
  /** Power of n of rms(Δx^l), l = 1 … L. Holds for stable points. */
  readonly movementExponents: readonly number[];
  readonly assumptions: string;
}

/**
 * Classifies an abcd-parametrization (arXiv 2308.01814): r_1 = c_1 + a_1, r_l = c_l + a_l − 1 for l > 1.
 * With `epsilonZero` the update has no scale of its own, and d (the faithfulness conditions) does not count.
 * @throws ExperimentError when a list does not have `layers` + 1 finite entries.
 */
export function classifyAdaptive(
  point: AbcdParametrization,
  layers: number,
  epsilonZero = false,
): AdaptiveClassification {
  for (const [name, values] of Object.entries(point) as [string, readonly number[]][]) {
    if (values.length !== layers + 1 || !values.every(Number.isFinite)) {
      throw new ExperimentError(`${name} must have ${layers + 1} finite entries for ${layers} hidden layers.`);
    }
  }
  const at = (values: readonly number[], index: number): number => values[index] ?? Number.NaN;
  const { a, b, c, d } = point;
  const last = layers + 1;
  const rByLayer = a.map((al, index) => at(c, index) + al - (index === 0 ? 0 : 1));
  const r = Math.min(...rByLayer.slice(0, layers));
  const readoutInitial = at(a, layers) + at(b, layers);
  const faithful = faithfulD(a, b);
  const readoutMaximal = equals(`a_${last} + c_${last} = 1`, "nontrivial", at(a, layers) + at(c, layers), 1);
  const inequalities: Inequality[] = [
    ...a.slice(0, layers).map((al, index) => {
      const bound = index === 0 ? 0 : 0.5;
      return equals(`a_${index + 1} + b_${index + 1} = ${index === 0 ? "0" : "½"}`, "stable", al + at(b, index), bound);
    }),
    atLeast(`a_${last} + b_${last} ≥ ½`, "stable", readoutInitial, 0.5),
    ...(epsilonZero
      ? []
      : d.map((dl, index) => {
          const text =
            index === layers ? `d_${last} = a_${last}` : `d_${index + 1} = a_${index + 1} + a_${last} + b_${last}`;
          return equals(text, "stable", dl, at(faithful, index));
        })),
    ...rByLayer.map((rl, index) => atLeast(`r_${index + 1} ≥ 0`, "stable", rl, 0)),
    atLeast(`a_${last} + b_${last} + r ≥ 1`, "stable", readoutInitial + r, 1),
    atLeast(`c_${last} ≥ b_${last}`, "stable", at(c, layers), at(b, layers)),
    readoutMaximal,
    equals(`a_${last} + b_${last} + r = 1`, "nontrivial", readoutInitial + r, 1),
  ];
  return {
    point,
    layers,
    verdict: verdictOf(inequalities, r),
    r,
    rByLayer,
    inequalities,
    updatedMaximally: [
      ...rByLayer.slice(0, layers).map((rl) => Math.abs(rl) <= exponentTolerance),
      readoutMaximal.holds,
    ],
    movementExponents: movementExponentsOf(rByLayer.slice(0, layers)),
    assumptions:
      "About entrywise adaptive optimizers (Adam, SignSGD) on bias-free MLPs with a smooth activation, as n grows at a fixed number of steps.",
  };
}
