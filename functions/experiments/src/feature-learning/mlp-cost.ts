import type { Cost } from "../contract/experiment.ts";
import { inputsOf, isImageDataset, type MlpParams, outputsOf } from "./mlp-params.ts";

/** Inputs on which feature movement and kernel drift are read: the first training examples. */
export const probeSize = 32;
/** Most entries of an activation during evaluation: 32 MiB. */
const evaluationEntries = 2 ** 23;

/** Examples evaluated at once by this many trials in one set of tensors. */
export function evaluationChunk(params: MlpParams, trials: number): number {
  const fitting = Math.floor(evaluationEntries / (trials * params.width));
  return Math.min(params.evalSize, Math.max(32, Math.min(1024, fitting)));
}

/** Rows and columns of each weight matrix, input first: (fanIn, fanOut). */
export function weightShapes(params: MlpParams): [fanIn: number, fanOut: number][] {
  const sizes = [inputsOf(params), ...Array.from({ length: params.depth }, () => params.width), outputsOf(params)];
  return sizes.slice(1).map((fanOut, index) => [sizes[index] ?? 0, fanOut]);
}

export function fullBatch(params: MlpParams): boolean {
  return params.batchSize >= params.trainSize;
}

/** Steps after which the curves are read: 0, every evalEvery, and the last. */
export function evaluationCount(params: MlpParams): number {
  return 1 + Math.ceil(params.steps / params.evalEvery);
}

/** FLOPs of one training step of one trial: forward, weight gradients, input gradients (none for the first layer), and the update. */
export function stepFlops(params: MlpParams): number {
  const batch = Math.min(params.batchSize, params.trainSize);
  const shapes = weightShapes(params);
  const weights = shapes.reduce((sum, [fanIn, fanOut]) => sum + fanIn * fanOut, 0);
  const [first] = shapes;
  const firstWeights = first ? first[0] * first[1] : 0;
  const updatePerWeight = { sgd: 2, momentum: 4, adam: 12 }[params.optimizer];
  return 2 * batch * (3 * weights - firstWeights) + updatePerWeight * weights;
}

/** FLOPs of one evaluation of one trial. */
export function evaluationFlops(params: MlpParams): number {
  const weights = weightShapes(params).reduce((sum, [fanIn, fanOut]) => sum + fanIn * fanOut, 0);
  return (
    2 *
    weights *
    (params.evalSize + Math.min(params.trainSize, params.evalSize) + Math.min(probeSize, params.trainSize))
  );
}

/** Cost of a pack of trials with one pack key. */
export function mlpCost(pack: readonly MlpParams[]): Cost {
  const [params] = pack;
  if (!params) return { flops: 0, peakBytes: 0, largestBufferBytes: 0, downloadBytes: 0 };
  const trials = pack.length;
  const floatBytes = 4;
  const shapes = weightShapes(params);
  const weights = shapes.reduce((sum, [fanIn, fanOut]) => sum + fanIn * fanOut, 0);
  const largestWeight = Math.max(...shapes.map(([fanIn, fanOut]) => fanIn * fanOut));
  const batch = Math.min(params.batchSize, params.trainSize);
  const chunk = evaluationChunk(params, trials);
  const inputs = inputsOf(params);
  // Weights, the optimizer's copies, a gradient and one temporary of the largest layer.
  const copies = { sgd: 1, momentum: 2, adam: 3 }[params.optimizer];
  const weightBytes = trials * (copies * weights + 3 * largestWeight) * floatBytes;
  const trainingBytes = trials * batch * (inputs + (2 * params.depth + 2) * params.width) * floatBytes;
  const evaluationBytes = trials * chunk * 3 * params.width * floatBytes;
  // Evaluation examples stay on the device; batches are uploaded, or the whole set where it is the batch.
  const dataBytes = (2 * params.evalSize + (fullBatch(params) ? params.trainSize : 0)) * inputs * floatBytes;
  return {
    flops: trials * (params.steps * stepFlops(params) + evaluationCount(params) * evaluationFlops(params)),
    peakBytes: weightBytes + Math.max(trainingBytes, evaluationBytes) + dataBytes,
    largestBufferBytes:
      floatBytes *
      Math.max(
        trials * largestWeight,
        trials * chunk * Math.max(params.width, outputsOf(params)),
        trials * batch * Math.max(fullBatch(params) ? 1 : inputs, params.width),
        batch * inputs,
      ),
    // 70,000 images of 784 bytes and their labels.
    downloadBytes: isImageDataset(params.dataset) ? 70_000 * 785 : 0,
  };
}
