import { ExperimentError } from "../contract/program.ts";

/**
 * The adaptive counterpart of an abc-parametrization (Yang & Littwin, arXiv 2308.01814): W^l = n^{-a_l} w^l, w^l starts as N(0, n^{-2 b_l}),
 * the update of w^l is η n^{-c_l} Q(n^{d_l} ∂L/∂w^l), with Q the entrywise rule of SignSGD or Adam. Each list has L+1 entries.
 */
export interface AbcdParametrization {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly c: readonly number[];
  readonly d: readonly number[];
}

export const namedAdaptivePoints = ["mup", "sp", "ntp"] as const;
export type NamedAdaptivePoint = (typeof namedAdaptivePoints)[number];

/**
 * Named points for Adam and SignSGD with L = `layers` hidden layers. `sp` is what everybody does: PyTorch's initialisation and one
 * learning rate η/n; its d is the faithful one, so that Adam's ε counts the same at every width.
 * @throws ExperimentError unless `layers` is a positive whole number.
 */
export function abcdOf(point: NamedAdaptivePoint, layers: number): AbcdParametrization {
  if (!Number.isInteger(layers) || layers < 1) {
    throw new ExperimentError(`The number of hidden layers must be a whole number from 1 up, not ${layers}.`);
  }
  type Quadruple = readonly [a: number, b: number, c: number, d: number];
  const build = (first: Quadruple, middle: Quadruple, last: Quadruple): AbcdParametrization => {
    const rows = [first, ...Array.from({ length: layers - 1 }, () => middle), last];
    return {
      a: rows.map(([a]) => a),
      b: rows.map(([, b]) => b),
      c: rows.map(([, , c]) => c),
      d: rows.map(([, , , d]) => d),
    };
  };
  switch (point) {
    case "mup":
      return build([0, 0, 0, 1], [0, 0.5, 1, 1], [1, 0, 0, 1]);
    case "ntp":
      return build([0, 0, 0.5, 0.5], [0.5, 0, 1, 1], [0.5, 0, 0.5, 0.5]);
    case "sp":
      return build([0, 0, 1, 0.5], [0, 0.5, 1, 0.5], [0, 0.5, 1, 0]);
    default:
      return point satisfies never;
  }
}

/** d_l = a_l + a_{L+1} + b_{L+1} for l ≤ L and d_{L+1} = a_{L+1}: what keeps gradients of order one inside Q. */
export function faithfulD(a: readonly number[], b: readonly number[]): number[] {
  const aLast = a.at(-1) ?? Number.NaN;
  const bLast = b.at(-1) ?? Number.NaN;
  return a.map((al, index) => (index === a.length - 1 ? aLast : al + aLast + bLast));
}

/** a += θ, b −= θ, c −= θ, d += θ in every layer leaves f_t unchanged. */
export function shiftAbcd(point: AbcdParametrization, theta: number): AbcdParametrization {
  return {
    a: point.a.map((a) => a + theta),
    b: point.b.map((b) => b - theta),
    c: point.c.map((c) => c - theta),
    d: point.d.map((d) => d + theta),
  };
}
