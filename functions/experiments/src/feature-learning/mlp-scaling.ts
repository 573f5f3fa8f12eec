import { weightShapes } from "./mlp-cost.ts";
import { adamPoint, type MlpParams, sgdPoint } from "./mlp-params.ts";

/** What a parametrization amounts to for one weight matrix, once the multiplier n^{-a} is taken into the matrix itself. */
export interface LayerScale {
  readonly fanIn: number;
  readonly fanOut: number;
  /** Standard deviation of the initial W. */
  readonly deviation: number;
  /** Learning rate of W. */
  readonly learningRate: number;
  /** Adam's ε on the gradient of W. */
  readonly epsilon: number;
}

export const adamBeta1 = 0.9;
export const adamBeta2 = 0.999;
const adamEpsilon = 1e-8;

/**
 * The net trains W = n^{-a} w instead of w: W starts with deviation n^{-a-b}, and as ∂L/∂w = n^{-a} ∂L/∂W,
 * SGD moves W with the rate η n^{-c-2a}, and Adam, which sees n^d ∂L/∂w, with the rate η n^{-c-a} and ε n^{a-d}.
 * So trials of all parametrizations run the same program and differ in a few numbers.
 */
export function layerScales(params: MlpParams): LayerScale[] {
  const power = (exponent: number): number => params.width ** exponent;
  const shapes = weightShapes(params);
  const scaleOf = (index: number): number => (index === params.depth ? 1 : params.weightScale);
  const at = (values: readonly number[], index: number): number => values[index] ?? Number.NaN;
  if (params.optimizer === "adam") {
    const { a, b, c, d } = adamPoint(params);
    return shapes.map(([fanIn, fanOut], l) => ({
      fanIn,
      fanOut,
      deviation: scaleOf(l) * power(-at(a, l) - at(b, l)),
      learningRate: params.learningRate * power(-at(c, l) - at(a, l)),
      epsilon: adamEpsilon * power(at(a, l) - at(d, l)),
    }));
  }
  const { a, b, c } = sgdPoint(params);
  return shapes.map(([fanIn, fanOut], l) => ({
    fanIn,
    fanOut,
    deviation: scaleOf(l) * power(-at(a, l) - at(b, l)),
    learningRate: params.learningRate * power(-c - 2 * at(a, l)),
    epsilon: 0,
  }));
}
