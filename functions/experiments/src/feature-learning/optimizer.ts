import { add, div, mul, sqrt, square, type Tensor, zerosLike } from "@tensorflow/tfjs-core";
import type { MlpParams } from "./mlp-params.ts";
import { adamBeta1, adamBeta2, type LayerScale } from "./mlp-scaling.ts";

/** One value for each member of a lane: a plain number where the lane has no population axis, else (p, 1, 1). */
export type PerMember = number | Tensor;

/** What a step makes of one weight matrix. Tensors in it are new. */
export interface Updated {
  readonly weight: Tensor;
  readonly memory: readonly Tensor[];
}

/** The gradient of a weight matrix times a factor: xᵀ(factor g). Scaling g (batch, out), not the gradient (in, out), saves a pass over the weights. */
export type Gradient = (factor: PerMember) => Tensor;

export interface Optimizer {
  /** The optimizer's memory of one weight matrix, at the start. */
  start(weight: Tensor): Tensor[];
  /** One step of layer l; `done` steps came before. */
  step(l: number, weight: Tensor, memory: readonly Tensor[], gradient: Gradient, done: number): Updated;
}

/** The rule of these params. `perMember` makes a value of each member's number. */
export function optimizerOf(
  { optimizer, momentum }: MlpParams,
  scales: readonly (readonly LayerScale[])[],
  perMember: (values: readonly number[]) => PerMember,
): Optimizer {
  const layers = scales[0]?.length ?? 0;
  const collect = (value: (scale: LayerScale) => number): PerMember[] =>
    Array.from({ length: layers }, (_, l) =>
      perMember(scales.map((layersOfMember) => value(layersOfMember[l] as LayerScale))),
    );
  const minusRate = collect(({ learningRate }) => -learningRate);
  switch (optimizer) {
    case "sgd":
      return {
        start: () => [],
        step: (l, weight, _memory, gradient) => ({ weight: add(weight, gradient(minusRate[l] ?? 0)), memory: [] }),
      };
    case "momentum":
      // v ← μ v − η ∂L/∂W; W ← W + v
      return {
        start: (weight) => [zerosLike(weight)],
        step(l, weight, [velocity], gradient) {
          const moved = gradient(minusRate[l] ?? 0);
          const next = velocity ? add(mul(velocity, momentum), moved) : moved;
          return { weight: add(weight, next), memory: [next] };
        },
      };
    case "adam": {
      const epsilon = collect((scale) => scale.epsilon);
      return {
        start: (weight) => [zerosLike(weight), zerosLike(weight)],
        step(l, weight, [first, second], gradientTimes, done) {
          if (!first || !second) throw new TypeError("Adam lost its memory.");
          const gradient = gradientTimes(1);
          const m = add(mul(first, adamBeta1), mul(gradient, 1 - adamBeta1));
          const v = add(mul(second, adamBeta2), mul(square(gradient), 1 - adamBeta2));
          // m̂/(√v̂ + ε) with the bias corrections taken out of the tensors.
          const root = Math.sqrt(1 - adamBeta2 ** (done + 1));
          const rate = mul(minusRate[l] ?? 0, root / (1 - adamBeta1 ** (done + 1)));
          const floor = mul(epsilon[l] ?? 0, root);
          return { weight: add(weight, mul(div(m, add(sqrt(v), floor)), rate)), memory: [m, v] };
        },
      };
    }
    default:
      return optimizer satisfies never;
  }
}
