import { z } from "zod";
import { type AbcParametrization, abcOf } from "./abc-parametrization.ts";
import {
  type AbcdParametrization,
  abcdOf,
  faithfulD,
  type NamedAdaptivePoint,
  namedAdaptivePoints,
} from "./abcd-parametrization.ts";

export const imageDatasets = ["mnist", "fashion-mnist"] as const;
export const syntheticDatasets = ["single-index", "parity", "staircase", "gaussian"] as const;
const exponent = z.number().min(-8).max(8);
const exponents = z.array(exponent).min(2).max(9);

const fields = {
  point: z.enum(["mup", "sp", "ntp", "mfp", "up", "explicit"]).default("mup").meta({
    title: "Parametrization",
    description:
      "How weights and learning rates scale with the width: μP, SP (learning rate 1/n), NTP, MFP, the uniform family UP_s, or explicit exponents.",
  }),
  s: z.number().min(-1).max(2).default(0.25).meta({
    title: "s of UP_s",
    description: "From 0 (μP) to ½ (NTP). Counts only for the uniform family.",
  }),
  a: exponents.optional().meta({
    title: "Exponents a",
    description: "W = n^(−a) w, one for each of the L+1 weight matrices. Only for explicit exponents.",
  }),
  b: exponents.optional().meta({
    title: "Exponents b",
    description: "w starts with standard deviation n^(−b), one for each weight matrix. Only for explicit exponents.",
  }),
  c: z
    .union([exponent, exponents], {
      error: "c is one number from -8 to 8, or a list of them, one for each weight matrix.",
    })
    .optional()
    .meta({
      title: "Exponent c",
      description:
        "The learning rate is η n^(−c). One number; for Adam also one for each weight matrix. Only for explicit exponents.",
    }),
  d: exponents.optional().meta({
    title: "Exponents d",
    description:
      "Adam sees gradients times n^d, one for each weight matrix; left out, those that keep Adam's ε faithful. Only for explicit exponents with Adam.",
  }),
  width: z.int().min(1).max(16384).default(256).meta({
    title: "Width",
    description: "Neurons n in each hidden layer.",
    unit: "neurons",
  }),
  depth: z.int().min(1).max(8).default(2).meta({
    title: "Depth",
    description: "Hidden layers L; the net has L+1 weight matrices and no biases.",
    unit: "layers",
  }),
  activation: z.enum(["tanh", "relu", "gelu", "erf", "linear"]).default("tanh").meta({
    title: "Activation",
    description: "φ, applied entrywise in every hidden layer.",
  }),
  weightScale: z.number().gt(0).max(100).default(1).meta({
    title: "Weight scale",
    description:
      "Standard deviation of the initial hidden weights, before their power of the width. √2 keeps deep relu nets from fading. The readout starts with 1.",
  }),
  loss: z.enum(["cross-entropy", "mse", "linear"]).default("mse").meta({
    title: "Loss",
    description:
      "Cross-entropy (logistic when there is one output), half the squared error, or −y·f, which reads scaling exponents cleanly. Mean over the batch.",
  }),
  optimizer: z.enum(["sgd", "momentum", "adam"]).default("sgd").meta({
    title: "Optimizer",
    description: "Plain SGD, heavy-ball momentum, or Adam (β₁ .9, β₂ .999, ε 1e-8).",
  }),
  learningRate: z.number().gt(0).max(1e9).default(0.5).meta({
    title: "Learning rate",
    description: "η, before its power of the width. Inputs have mean square length 1.",
  }),
  momentum: z.number().min(0).lt(1).default(0.9).meta({
    title: "Momentum",
    description: "Weight of the past velocity. Counts only for the optimizer momentum.",
  }),
  batchSize: z.int().min(1).max(4096).default(64).meta({
    title: "Batch size",
    description:
      "Training examples per step, drawn without repetition within an epoch; at least the training set means full batch.",
    unit: "examples",
  }),
  steps: z.int().min(1).max(1_000_000).default(500).meta({
    title: "Steps",
    description: "Optimizer steps.",
    unit: "steps",
  }),
  dataset: z
    .enum([...imageDatasets, ...syntheticDatasets])
    .default("single-index")
    .meta({
      title: "Dataset",
      description:
        "MNIST and Fashion-MNIST (10 classes); a single-index function of Gaussian inputs; parity and staircase functions of ±1 inputs; Gaussian points with alternating ±1 labels.",
    }),
  trainSize: z.int().min(1).max(60_000).default(8192).meta({
    title: "Training examples",
    description: "Size of the training set; for images the first so many.",
    unit: "examples",
  }),
  evalSize: z.int().min(1).max(10_000).default(1024).meta({
    title: "Evaluation examples",
    description: "Test examples, and training examples at most, on which losses and accuracies are read.",
    unit: "examples",
  }),
  evalEvery: z.int().min(1).max(1_000_000).default(50).meta({
    title: "Evaluate every",
    description: "Steps between two points of the learning curves. The start and the end are always read.",
    unit: "steps",
  }),
  inputDim: z.int().min(1).max(4096).default(16).meta({
    title: "Input dimension",
    description: "Coordinates of a synthetic input. Does not count for images.",
  }),
  degree: z.int().min(1).max(16).default(3).meta({
    title: "Degree",
    description: "Relevant coordinates of the parity and staircase functions.",
  }),
  dataSeed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(0)
    .meta({
      title: "Data seed",
      description: "Chooses the synthetic data, the same for every trial of a study. Does not count for images.",
    }),
  divergenceFactor: z.number().min(2).max(1e9).default(20).meta({
    title: "Divergence factor",
    description:
      "A run has diverged once its batch loss exceeds this many times the larger of its training loss at the start and ½. The linear loss diverges beyond 1e9.",
  }),
};

/** Params as given, after defaults. */
type Raw = z.output<z.ZodObject<typeof fields>>;

/**
 * Params of `feature-learning.mlp`. What a choice makes irrelevant (s without UP_s, momentum without the optimizer momentum, …) is set back to its default,
 * so that equal questions have equal digests.
 */
export const mlpParams = z.strictObject(fields).superRefine(checkTogether).overwrite(forgetIrrelevant);
export type MlpParams = z.output<typeof mlpParams>;

/** Is this one of the datasets that arrive from outside? */
export function isImageDataset(dataset: MlpParams["dataset"]): dataset is (typeof imageDatasets)[number] {
  return imageDatasets.some((known) => known === dataset);
}

/** Entries of the net's output: 10 for images, else 1. */
export function outputsOf(params: MlpParams): number {
  return isImageDataset(params.dataset) ? 10 : 1;
}

/** Entries of an input. */
export function inputsOf(params: MlpParams): number {
  return isImageDataset(params.dataset) ? 784 : params.inputDim;
}

/** Are the labels classes, so that accuracy means something? */
export function hasClasses(dataset: MlpParams["dataset"]): boolean {
  return dataset !== "single-index" && dataset !== "staircase";
}

/** The exponents under SGD and momentum. Params are valid and the optimizer is not Adam. */
export function sgdPoint(params: MlpParams): AbcParametrization {
  if (params.point !== "explicit") return abcOf(params.point, params.depth, params.s);
  const { a = [], b = [], c } = params;
  return { a, b, c: typeof c === "number" ? c : Number.NaN };
}

/** The exponents under Adam. Params are valid and the optimizer is Adam. */
export function adamPoint(params: MlpParams): AbcdParametrization {
  if (isAdaptive(params.point)) return abcdOf(params.point, params.depth);
  const { a = [], b = [], c = 0 } = params;
  return { a, b, c: typeof c === "number" ? a.map(() => c) : c, d: params.d ?? faithfulD(a, b) };
}

function isAdaptive(point: Raw["point"]): point is NamedAdaptivePoint {
  return namedAdaptivePoints.some((known) => known === point);
}

/** Points of a learning curve, the start and the end among them. */
export function curvePoints({ steps, evalEvery }: Pick<Raw, "steps" | "evalEvery">): number {
  return Math.ceil(steps / evalEvery) + 1;
}

/** A pack of 32 trials with four curves of so many points travels in one request of less than 8 MiB. */
const mostCurvePoints = 2_000;

function checkTogether(params: Raw, context: z.RefinementCtx): void {
  const refuse = (path: keyof Raw, message: string): void =>
    context.addIssue({ code: "custom", path: [path], message });
  const matrices = params.depth + 1;
  if (params.point === "explicit") {
    for (const name of ["a", "b", "c"] as const) {
      if (params[name] === undefined) refuse(name, `Explicit exponents need ${name}.`);
    }
    for (const name of ["a", "b", "c", "d"] as const) {
      const value = params[name];
      if (Array.isArray(value) && value.length !== matrices) {
        refuse(
          name,
          `${name} has ${value.length} entries; depth ${params.depth} needs ${matrices}, one for each weight matrix.`,
        );
      }
    }
    if (Array.isArray(params.c) && params.optimizer !== "adam") {
      refuse("c", "Under SGD and momentum c is one number for all layers.");
    }
  } else if (params.optimizer === "adam" && !isAdaptive(params.point)) {
    refuse("point", `Adam has no "${params.point}" here; use ${namedAdaptivePoints.join(", ")} or explicit a, b, c.`);
  }
  if (params.loss === "cross-entropy" && !hasClasses(params.dataset)) {
    refuse("loss", `Cross-entropy needs classes, and ${params.dataset} has real targets; use mse or linear.`);
  }
  if (curvePoints(params) > mostCurvePoints) {
    const every = Math.ceil(params.steps / (mostCurvePoints - 1));
    refuse(
      "evalEvery",
      `A learning curve has ${mostCurvePoints} points at most. Evaluate ${params.steps} steps every ${every} or more.`,
    );
  }
  if ((params.dataset === "parity" || params.dataset === "staircase") && params.degree > params.inputDim) {
    refuse("degree", `Degree ${params.degree} needs at least as many inputs; inputDim is ${params.inputDim}.`);
  }
}

function forgetIrrelevant(params: Raw): Raw {
  const { a, b, c, d, ...rest } = params;
  const images = isImageDataset(params.dataset);
  const byDegree = params.dataset === "parity" || params.dataset === "staircase";
  const explicit = params.point === "explicit";
  const adam = params.optimizer === "adam";
  return {
    ...rest,
    ...(explicit && a ? { a } : {}),
    ...(explicit && b ? { b } : {}),
    ...(explicit && c !== undefined
      ? { c: adam && typeof c === "number" ? Array<number>(params.depth + 1).fill(c) : c }
      : {}),
    ...(explicit && d && adam ? { d } : {}),
    s: params.point === "up" ? params.s : 0.25,
    momentum: params.optimizer === "momentum" ? params.momentum : 0.9,
    // At least the training set is all of it, and the end is always evaluated.
    batchSize: Math.min(params.batchSize, params.trainSize),
    evalEvery: Math.min(params.evalEvery, params.steps),
    divergenceFactor: params.loss === "linear" ? 20 : params.divergenceFactor,
    inputDim: images ? 16 : params.inputDim,
    dataSeed: images ? 0 : params.dataSeed,
    degree: byDegree ? params.degree : 3,
  };
}
