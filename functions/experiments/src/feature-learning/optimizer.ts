import { add, dispose, div, mul, sqrt, square, type Tensor, zerosLike } from "@tensorflow/tfjs-core";
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
  /**
   * One step of layer l; `done` steps came before. It disposes of `weight` and `memory` as soon as it is done with each,
   * so that beside what it returns no more than `stepTemporaries` matrices of their size (`mlp-cost`) are ever held.
   */
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
        step(l, weight, _memory, gradient) {
          const move = gradient(minusRate[l] ?? 0);
          return { weight: spent([weight, move], add(weight, move)), memory: [] };
        },
      };
    case "momentum":
      // v ← μ v − η ∂L/∂W; W ← W + v
      return {
        start: (weight) => [zerosLike(weight)],
        step(l, weight, [velocity], gradient) {
          if (!velocity) throw new TypeError("Momentum lost its velocity.");
          const slowed = spent([velocity], mul(velocity, momentum));
          const move = gradient(minusRate[l] ?? 0);
          const next = spent([slowed, move], add(slowed, move));
          return { weight: spent([weight], add(weight, next)), memory: [next] };
        },
      };
    case "adam": {
      const epsilon = collect((scale) => scale.epsilon);
      return {
        start: (weight) => [zerosLike(weight), zerosLike(weight)],
        step(l, weight, [first, second], gradientTimes, done) {
          if (!first || !second) throw new TypeError("Adam lost its memory.");
          const gradient = gradientTimes(1);
          const oldFirst = spent([first], mul(first, adamBeta1));
          const newFirst = mul(gradient, 1 - adamBeta1);
          const m = spent([oldFirst, newFirst], add(oldFirst, newFirst));
          const squared = spent([gradient], square(gradient));
          const newSecond = spent([squared], mul(squared, 1 - adamBeta2));
          const oldSecond = spent([second], mul(second, adamBeta2));
          const v = spent([oldSecond, newSecond], add(oldSecond, newSecond));
          // m̂/(√v̂ + ε) with the bias corrections taken out of the tensors.
          const correction = Math.sqrt(1 - adamBeta2 ** (done + 1));
          const rate = mul(minusRate[l] ?? 0, correction / (1 - adamBeta1 ** (done + 1)));
          const floor = mul(epsilon[l] ?? 0, correction);
          const root = sqrt(v);
          const bounded = spent([root], add(root, floor));
          const direction = spent([bounded], div(m, bounded));
          const move = spent([direction], mul(direction, rate));
          return { weight: spent([weight, move], add(weight, move)), memory: [m, v] };
        },
      };
    }
    default:
      return optimizer satisfies never;
  }
}

/** What an operation made, once what it used up is given back. */
function spent(used: readonly Tensor[], made: Tensor): Tensor {
  dispose([...used]);
  return made;
}
