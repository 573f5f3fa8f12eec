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

/** Matrices of the size of the weights that each optimizer remembers, and most that a step of one layer holds beside what it began with (see `optimizer`). */
const optimizerMatrices = {
  sgd: { memory: 0, step: 2 },
  momentum: { memory: 1, step: 2 },
  adam: { memory: 2, step: 3 },
} as const;

/** Most tensors of the size of h that φ(h), and g φ'(h), hold at once with their result, on whichever backend takes most (see `activation`). */
const activationTensors = {
  tanh: { value: 4, pullBack: 3 },
  relu: { value: 1, pullBack: 2 },
  gelu: { value: 5, pullBack: 11 },
  erf: { value: 1, pullBack: 5 },
  linear: { value: 0, pullBack: 0 },
} as const;

/** Cost of a pack of trials with one pack key. */
export function mlpCost(pack: readonly MlpParams[]): Cost {
  const [params] = pack;
  if (!params) return { flops: 0, peakBytes: 0, largestBufferBytes: 0, downloadBytes: 0 };
  const trials = pack.length;
  const floatBytes = 4;
  const { width, trainSize, evalSize } = params;
  const outputs = outputsOf(params);
  const largestWeight = Math.max(...weightShapes(params).map(([fanIn, fanOut]) => fanIn * fanOut));
  const batch = Math.min(params.batchSize, trainSize);
  const chunk = evaluationChunk(params, trials);
  const inputs = inputsOf(params);
  return {
    flops: trials * (params.steps * stepFlops(params) + evaluationCount(params) * evaluationFlops(params)),
    peakBytes:
      floatBytes * (residentFloats(params, trials) + trials * temporaryFloats(params, chunk)) + hostBytes(params),
    largestBufferBytes:
      floatBytes *
      Math.max(
        trials * largestWeight,
        trials * chunk * Math.max(width, outputs),
        trials * batch * Math.max(fullBatch(params) ? 1 : inputs, width),
        batch * inputs,
        Math.min(chunk, evalSize) * inputs,
      ),
    downloadBytes: isImageDataset(params.dataset) ? imageBytes : 0,
  };
}

/** 70,000 images of 784 bytes and their labels. */
const imageBytes = 70_000 * 785;

/** What lies on the device from the first step to the last. */
function residentFloats(params: MlpParams, trials: number): number {
  const { depth, width, trainSize, evalSize } = params;
  const [inputs, outputs] = [inputsOf(params), outputsOf(params)];
  const weights = weightShapes(params).reduce((sum, [fanIn, fanOut]) => sum + fanIn * fanOut, 0);
  const probe = Math.min(probeSize, trainSize);
  // Inputs of the probe, its features and outputs at the start, and their Gram matrix.
  const atStart = probe * (inputs + depth * width + outputs + probe);
  const evaluation = (Math.min(evalSize, trainSize) + evalSize) * (inputs + outputs);
  // Where nets are plain, x lies there as xᵀ as well; the whole set is shared where it is the batch.
  const batch = (fullBatch(params) ? trainSize : trials * params.batchSize) * (2 * inputs + outputs);
  // Losses that nobody has read yet, once more while they are stacked; rates and the like.
  const numbers = trials * 2 * Math.min(params.steps, 1024) + 64 * (trials + 1);
  return trials * ((1 + optimizerMatrices[params.optimizer].memory) * weights + atStart) + evaluation + batch + numbers;
}

/** The most of one trial that comes and goes: in a training step, in an evaluation's chunk of examples, or where feature movement is read. */
function temporaryFloats(params: MlpParams, chunk: number): number {
  const { depth, width, trainSize } = params;
  const batch = Math.min(params.batchSize, trainSize);
  const probe = Math.min(probeSize, trainSize);
  const outputs = outputsOf(params);
  const phi = activationTensors[params.activation];
  const step = optimizerMatrices[params.optimizer].step;
  const shapes = weightShapes(params);
  const layers = shapes.map(([fanIn, fanOut], l) => {
    const [rows, above] = [batch * width, batch * fanOut];
    // h and x of the layers up to here, and the gradient at this layer's output; then the gradient at its input, or the move of its weights.
    const held = 2 * l * rows + above;
    // Plain nets transpose g, the product, and x; a scaled copy of g comes beside.
    const back = l === 0 ? 0 : above + 2 * rows + phi.pullBack * rows;
    const gradient = batch * fanIn + 2 * above + fanIn * fanOut;
    return held + Math.max(back, (l === 0 ? 0 : rows) + Math.max(gradient, step * fanIn * fanOut));
  });
  const forward = (2 * depth - 1 + Math.max(1, phi.value)) * batch * width + 4 * batch * outputs;
  const [inputs = 0, first = 0] = shapes[0] ?? [];
  const evaluation =
    Math.max(inputs * first + 2 * chunk * width, (2 + phi.value) * chunk * width) + 4 * chunk * outputs;
  const reading = inputs * first + (2 * depth + 3 + phi.value) * probe * width + 2 * probe * probe;
  return Math.max(...layers, forward, evaluation, reading);
}

/** In the host's own memory: the data, from which every batch is made. What is on its way to the device, for as long as that takes, is left out. */
function hostBytes(params: MlpParams): number {
  const { trainSize, evalSize, inputDim } = params;
  return isImageDataset(params.dataset) ? imageBytes : 4 * (trainSize + evalSize) * (inputDim + 1);
}
