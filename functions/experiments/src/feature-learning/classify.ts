import { type AbcParametrization, parsePoint, requireAbc } from "./abc-parametrization.ts";
import { atLeast, equals, exponentTolerance, type Inequality, type Verdict, verdictOf } from "./inequality.ts";

export type { Inequality, Verdict } from "./inequality.ts";

/** What the dynamical dichotomy theorem says of one abc-parametrization under SGD. All exponents are powers of the width n. */
export interface Classification {
  readonly point: AbcParametrization;
  /** Hidden layers L. */
  readonly layers: number;
  readonly verdict: Verdict;
  /** Δx^L = Θ(n^{-r}). */
  readonly r: number;
  /** r_1 … r_L. */
  readonly rByLayer: readonly number[];
  readonly inequalities: readonly Inequality[];
  /** For W^1 … W^{L+1}: is the layer updated maximally? */
  readonly updatedMaximally: readonly boolean[];
  /** Is W^{L+1} initialised maximally? */
  readonly readoutInitialisedMaximally: boolean;
  /** Powers of n of the three parts of the logits. */
  readonly logitExponents: {
    /** f_0 */
    readonly initial: number;
    /** ΔW^{L+1} x^L */
    readonly readoutUpdate: number;
    /** W_0^{L+1} Δx^L */
    readonly featureUpdate: number;
  };
  /** Power of n of rms(Δx^l), l = 1 … L: −min_{m≤l} r_m. Holds for stable points. */
  readonly movementExponents: readonly number[];
  readonly assumptions: string;
}

export const dichotomyAssumptions =
  "The theorem is about SGD on bias-free MLPs with tanh or a smoothed relu as n grows at a fixed number of steps; linear activations are the exception to the dichotomy.";

/**
 * Classifies an abc-parametrization of an MLP with L = `layers` hidden layers (Yang & Hu, arXiv 2011.14522, section 3.2):
 * r_l = min(a_{L+1}+b_{L+1}, 2a_{L+1}+c) + c − 1 + 2a_l + [l=1], r = min_{l≤L} r_l.
 * `point` is the exponents, or a name: `mup`, `sp`, `ntp`, `mfp`, `up:<s>`.
 * @throws ExperimentError for an unknown name, or exponents that do not fit `layers`.
 */
export function classify(point: AbcParametrization | string, layers: number): Classification {
  const abc = typeof point === "string" ? parsePoint(point, layers) : point;
  requireAbc(abc, layers);
  const { a, b, c } = abc;
  const aLast = a[layers] ?? Number.NaN;
  const bLast = b[layers] ?? Number.NaN;
  const readoutInitial = aLast + bLast;
  const readoutUpdate = 2 * aLast + c;

  const rByLayer = a
    .slice(0, layers)
    .map((al, index) => Math.min(readoutInitial, readoutUpdate) + c - 1 + 2 * al + (index === 0 ? 1 : 0));
  const r = Math.min(...rByLayer);
  const initialisation = a
    .slice(0, layers)
    .map((al, index) =>
      equals(
        `a_${index + 1} + b_${index + 1} = ${index === 0 ? "0" : "½"}`,
        "stable",
        al + (b[index] ?? Number.NaN),
        index === 0 ? 0 : 0.5,
      ),
    );
  const last = layers + 1;
  const readoutMaximal = equals(`2a_${last} + c = 1`, "nontrivial", readoutUpdate, 1);
  const initialMaximal = equals(`a_${last} + b_${last} + r = 1`, "nontrivial", readoutInitial + r, 1);
  const inequalities: Inequality[] = [
    ...initialisation,
    atLeast(`a_${last} + b_${last} ≥ ½`, "stable", readoutInitial, 0.5),
    atLeast("r ≥ 0", "stable", r, 0),
    atLeast(`2a_${last} + c ≥ 1`, "stable", readoutUpdate, 1),
    atLeast(`a_${last} + b_${last} + r ≥ 1`, "stable", readoutInitial + r, 1),
    initialMaximal,
    readoutMaximal,
  ];
  return {
    point: abc,
    layers,
    verdict: verdictOf(inequalities, r),
    r,
    rByLayer,
    inequalities,
    updatedMaximally: [...rByLayer.map((rl) => Math.abs(rl) <= exponentTolerance), readoutMaximal.holds],
    readoutInitialisedMaximally: initialMaximal.holds,
    logitExponents: {
      initial: 0.5 - readoutInitial,
      readoutUpdate: 1 - readoutUpdate,
      featureUpdate: 1 - (readoutInitial + r),
    },
    movementExponents: movementExponentsOf(rByLayer),
    assumptions: dichotomyAssumptions,
  };
}

/** Layer l moves as n^{-min_{m≤l} r_m}: what an earlier layer moves, later ones see. */
export function movementExponentsOf(rByLayer: readonly number[]): number[] {
  // 0 − x, not −x: a flat layer is written 0, never −0.
  return rByLayer.map((_, index) => 0 - Math.min(...rByLayer.slice(0, index + 1)));
}
