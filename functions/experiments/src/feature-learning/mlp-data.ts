import type { DatasetSource, LabelledData } from "../contract/program.ts";
import { ExperimentError } from "../contract/program.ts";
import { openStream } from "../random/random-stream.ts";
import { isImageDataset, type MlpParams } from "./mlp-params.ts";
import { entriesPerSlice, fillInSlices, type Sliced } from "./sliced.ts";

/** Examples as the net sees them. */
export interface ExampleSet {
  readonly count: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Writes the inputs of these examples from `offset` on, (examples, inputs): each of mean square length 1 over the set's distribution. */
  copyInputs(examples: Uint32Array, out: Float32Array, offset: number): void;
  /** Writes their targets, (examples, outputs): one-hot for images, else ±1 or a real number. */
  copyTargets(examples: Uint32Array, out: Float32Array, offset: number): void;
}

export interface MlpData {
  readonly train: ExampleSet;
  readonly test: ExampleSet;
}

/** Mean and standard deviation of a training pixel, pixels from 0 to 1. */
const pixelStatistics = {
  mnist: { mean: 0.1307, deviation: 0.3081 },
  "fashion-mnist": { mean: 0.286, deviation: 0.353 },
} as const;

/**
 * The data of a pack, a slice after the other. Images are bytes from the source: byte v becomes (v/255 − mean) / (deviation · √784).
 * Synthetic data are drawn from the params' data seed.
 * @throws ExperimentError when the source fails, or has fewer examples than asked for.
 */
export async function* loadMlpData(
  params: MlpParams,
  source: DatasetSource,
  signal: AbortSignal,
): AsyncGenerator<void, MlpData, void> {
  const { dataset } = params;
  if (!isImageDataset(dataset)) {
    return {
      train: yield* syntheticExamples(params, "trainInputs", params.trainSize),
      test: yield* syntheticExamples(params, "testInputs", params.evalSize),
    };
  }
  const data = await source.labelled(dataset, signal);
  const { mean, deviation } = pixelStatistics[dataset];
  const scaled = Float32Array.from(
    { length: 256 },
    (_, v) => (v / 255 - mean) / (deviation * Math.sqrt(data.features)),
  );
  return {
    train: imageExamples(data, "train", params.trainSize, scaled),
    test: imageExamples(data, "test", params.evalSize, scaled),
  };
}

function imageExamples(data: LabelledData, part: "train" | "test", count: number, scaled: Float32Array): ExampleSet {
  const examples = data[part];
  const { features, classes } = data;
  const bytes = examples.inputs;
  if (features !== 784 || classes !== 10) {
    throw new ExperimentError(`${data.id} should have 784 features and 10 classes, not ${features} and ${classes}.`);
  }
  if (examples.count < count) {
    throw new ExperimentError(`${data.id} has ${examples.count} ${part} examples; ${count} were asked for.`);
  }
  return {
    count,
    inputs: features,
    outputs: classes,
    copyInputs(wanted, out, offset) {
      copyScaled(bytes, scaled, features, wanted, out, offset);
    },
    copyTargets(wanted, out, offset) {
      out.fill(0, offset, offset + wanted.length * classes);
      for (const [row, example] of wanted.entries()) out[offset + row * classes + (examples.labels[example] ?? 0)] = 1;
    },
  };
}

function* syntheticExamples(
  params: MlpParams,
  purpose: "trainInputs" | "testInputs",
  count: number,
): Sliced<ExampleSet> {
  const { inputDim } = params;
  const raw = new Float32Array(count * inputDim);
  const stream = openStream(params.dataSeed, purpose);
  const boolean = params.dataset === "parity" || params.dataset === "staircase";
  yield* fillInSlices(raw, (part) => (boolean ? stream.fillSigns(part) : stream.fillNormal(part, 1)));
  const target = targetFunction(params);
  const targets = new Float32Array(count);
  let example = 0;
  const fillTargets = (part: Float32Array): void => {
    for (let at = 0; at < part.length; at++, example++) {
      part[at] = target(raw.subarray(example * inputDim, (example + 1) * inputDim), example);
    }
  };
  yield* fillInSlices(targets, fillTargets, Math.ceil(entriesPerSlice / inputDim));
  const scale = 1 / Math.sqrt(inputDim);
  return {
    count,
    inputs: inputDim,
    outputs: 1,
    copyInputs(wanted, out, offset) {
      let at = offset;
      for (const example of wanted) {
        for (const value of raw.subarray(example * inputDim, (example + 1) * inputDim)) out[at++] = value * scale;
      }
    },
    copyTargets(wanted, out, offset) {
      for (const [row, example] of wanted.entries()) out[offset + row] = targets[example] ?? 0;
    },
  };
}

/** Runs for every pixel of every batch: nothing but locals in the loop, and no `?? 0`, which together cost a factor of five. */
function copyScaled(
  bytes: Uint8Array,
  scaled: Float32Array,
  features: number,
  wanted: Uint32Array,
  out: Float32Array,
  offset: number,
): void {
  let at = offset;
  for (let row = 0; row < wanted.length; row++) {
    const start = (wanted[row] as number) * features;
    for (let i = start; i < start + features; i++) out[at++] = scaled[bytes[i] as number] as number;
  }
}

/** y of an unscaled input z. */
function targetFunction({
  dataset,
  inputDim,
  degree,
  dataSeed,
}: MlpParams): (z: Float32Array, example: number) => number {
  switch (dataset) {
    case "single-index": {
      const direction = new Float32Array(inputDim);
      openStream(dataSeed, "teacher").fillNormal(direction, 1);
      const length = Math.sqrt(direction.reduce((sum, v) => sum + v * v, 0));
      // y = √2 sin(4 arctan u) with u the unit projection: odd, bounded, of no fixed degree, and rational, so that every engine agrees to the bit.
      return (z) => {
        const u = z.reduce((sum, v, i) => sum + v * (direction[i] ?? 0), 0) / length;
        return (Math.SQRT2 * 4 * u * (1 - u * u)) / ((1 + u * u) * (1 + u * u));
      };
    }
    case "parity":
      return (z) => z.subarray(0, degree).reduce((product, v) => product * v, 1);
    case "staircase":
      // (z_1 + z_1 z_2 + … + z_1⋯z_degree) / √degree
      return (z) => {
        let product = 1;
        let sum = 0;
        for (const v of z.subarray(0, degree)) {
          product *= v;
          sum += product;
        }
        return sum / Math.sqrt(degree);
      };
    case "gaussian":
      return (_z, example) => (example % 2 === 0 ? 1 : -1);
    default:
      throw new ExperimentError(`${dataset} is not synthetic.`);
  }
}
