import type { ComputeBackend } from "@widefield/experiments/backend/compute-backend";
import { openBackend } from "@widefield/experiments/backend/open-backend";
import { loadMlpData } from "@widefield/experiments/feature-learning/mlp-data";
import { mlpParams } from "@widefield/experiments/feature-learning/mlp-params";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { erf, type OracleNet, oracleCurve, type Rule } from "./f64-mlp.ts";
import { finish } from "./finish.ts";
import { openNodeGpu } from "./node-gpu.ts";
import { noiseImages } from "./noise-images.ts";
import { type RawTrial, runMlp, succeeded } from "./run-mlp.ts";

/** f32 against f64 over five steps of a net of width 6: the rounding of some hundred operations of relative size 6e-8. */
const absolute = 5e-6;
const relative = 5e-5;

const phi: Record<string, (h: number) => number> = {
  tanh: Math.tanh,
  relu: (h) => Math.max(h, 0),
  gelu: (h) => (h * (1 + erf(h * Math.SQRT1_2))) / 2,
  erf,
  linear: (h) => h,
};
const losses: Record<string, OracleNet["loss"]> = {
  mse: (f, y) => f.reduce((sum, v, k) => sum + (v - (y[k] ?? 0)) ** 2 / 2, 0),
  linear: (f, y) => -f.reduce((sum, v, k) => sum + v * (y[k] ?? 0), 0),
  logistic: ([f = 0], [y = 0]) => Math.log(1 + Math.exp(-y * f)),
  "cross-entropy": (f, y) =>
    Math.log(f.reduce((sum, v) => sum + Math.exp(v), 0)) - f.reduce((sum, v, k) => sum + v * (y[k] ?? 0), 0),
};

/** a, b, c (and d) as the paper's table has them, written out here once more. */
const muP = { a: [-0.5, 0, 0.5], b: [0.5, 0.5, 0.5], c: [0, 0, 0] };
const ntp = { a: [0, 0.5, 0.5], b: [0, 0, 0], c: [0, 0, 0] };
const muPAdam = { a: [0, 0, 1], b: [0, 0.5, 0], c: [0, 1, 0], d: [1, 1, 1] };

interface Case {
  readonly raw: RawTrial;
  readonly exponents: { a: number[]; b: number[]; c: number[] };
  readonly rule: Rule;
  readonly loss: string;
}
const shape = { width: 6, depth: 2, inputDim: 3, trainSize: 5, batchSize: 5, evalSize: 5, steps: 5, evalEvery: 1 };
const sgd: Rule = { name: "sgd" };
const cases: Record<string, Case> = {
  ...Object.fromEntries(
    Object.keys(phi).map((activation) => [
      `${activation}, mse`,
      { raw: { ...shape, activation, learningRate: 0.5 }, exponents: muP, rule: sgd, loss: "mse" },
    ]),
  ),
  "linear loss under NTP": {
    raw: { ...shape, point: "ntp", loss: "linear", dataset: "gaussian", learningRate: 0.5 },
    exponents: ntp,
    rule: sgd,
    loss: "linear",
  },
  "logistic loss": {
    raw: { ...shape, loss: "cross-entropy", dataset: "parity", learningRate: 1 },
    exponents: muP,
    rule: sgd,
    loss: "logistic",
  },
  momentum: {
    raw: { ...shape, optimizer: "momentum", momentum: 0.8, learningRate: 0.2 },
    exponents: muP,
    rule: { name: "momentum", momentum: 0.8 },
    loss: "mse",
  },
  "Adam under muP": {
    raw: { ...shape, optimizer: "adam", learningRate: 0.02, activation: "gelu" },
    exponents: muPAdam,
    rule: { name: "adam", d: muPAdam.d },
    loss: "mse",
  },
};

async function oracleOf({ raw, exponents, rule, loss }: Case): Promise<OracleNet> {
  const { seed = 1, ...given } = raw;
  const params = mlpParams.parse(given);
  const { train } = await finish(loadMlpData(params, noiseImages(64), new AbortController().signal));
  const rows = (values: Float32Array, size: number): number[][] =>
    Array.from({ length: train.count }, (_, i) => [...values.subarray(i * size, (i + 1) * size)]);
  const every = Uint32Array.from({ length: train.count }, (_, i) => i);
  const x = new Float32Array(train.count * train.inputs);
  const y = new Float32Array(train.count * train.outputs);
  train.copyInputs(every, x, 0);
  train.copyTargets(every, y, 0);
  return {
    width: params.width,
    depth: params.depth,
    activation: phi[params.activation] as (h: number) => number,
    loss: losses[loss] as OracleNet["loss"],
    a: exponents.a,
    b: exponents.b,
    rates: exponents.c.map((c) => params.learningRate * params.width ** -c),
    rule,
    seed,
    inputs: rows(x, train.inputs),
    targets: rows(y, train.outputs),
  };
}

/** The program's readings after each step against those of an f64 net that is trained by finite differences: any wrong gradient parts them. */
async function compare(backend: ComputeBackend, tested: Case): Promise<void> {
  const [outcome] = succeeded(await runMlp(backend, [tested.raw], { data: noiseImages(64) }));
  const steps = Number(tested.raw.steps);
  const oracle = oracleCurve(await oracleOf(tested), steps);
  const last = oracle.at(-1);
  const depth = Number(tested.raw.depth);
  const pairs: [string, number | undefined, number | undefined][] = [
    ...oracle.map((reading, t): [string, number | undefined, number] => [
      `trainLoss at ${t}`,
      outcome?.curves.trainLoss?.values[t],
      reading.trainLoss,
    ]),
    ...oracle.map((reading, t): [string, number | undefined, number | undefined] => [
      `featureMovement at ${t}`,
      outcome?.curves.featureMovement?.values[t],
      reading.featureMovement[depth - 1],
    ]),
    ["outputMovement", outcome?.metrics.outputMovement, last?.outputMovement],
    ["featureKernelDrift", outcome?.metrics.featureKernelDrift, last?.featureKernelDrift],
    ...Array.from({ length: depth }, (_, l): [string, number | undefined, number | undefined] => [
      `featureMovement.${l + 1}`,
      outcome?.metrics[`featureMovement.${l + 1}`],
      last?.featureMovement[l],
    ]),
  ];
  expect(pairs.length).toBe(2 * (steps + 1) + 2 + depth);
  const apart = pairs.filter(
    ([, got = Number.NaN, wanted = Number.NaN]) => !(Math.abs(got - wanted) <= absolute + relative * Math.abs(wanted)),
  );
  expect(apart).toEqual([]);
  // It moved: agreement at rest would show nothing.
  expect(last?.outputMovement).toBeGreaterThan(1e-3);
}

describe.each(["cpu", "wasm"] as const)("%s against finite differences in f64", (name) => {
  let backend: ComputeBackend;
  beforeAll(async () => {
    backend = await openBackend(name);
  });
  afterAll(() => backend.dispose());

  test.each(Object.keys(cases))("%s", async (key) => compare(backend, cases[key] as Case));

  test("images and the softmax cross-entropy", () => compare(backend, images), 60_000);
});

/** Ten classes of 784 bytes; one hidden layer of two, because every weight costs two passes. */
const images: Case = {
  raw: {
    ...shape,
    width: 2,
    depth: 1,
    steps: 2,
    trainSize: 3,
    batchSize: 3,
    evalSize: 3,
    dataset: "mnist",
    loss: "cross-entropy",
    learningRate: 0.5,
  },
  exponents: { a: [-0.5, 0.5], b: [0.5, 0.5], c: [0, 0] },
  rule: sgd,
  loss: "cross-entropy",
};

describe("WebGPU against finite differences in f64", () => {
  let backend: ComputeBackend | null = null;
  beforeAll(async () => {
    backend = await openNodeGpu();
  }, 60_000);
  afterAll(() => backend?.dispose());

  test.for(Object.keys(cases))("%s", { timeout: 60_000 }, async (key, { skip }) => {
    if (!backend) return skip("no WebGPU adapter");
    await compare(backend, cases[key] as Case);
  });

  test("the kernels of hardware adapters too", { timeout: 60_000 }, async ({ skip }) => {
    if (!backend) return skip("no WebGPU adapter");
    // Software adapters get products of their own; under another name this one runs what a graphics card runs.
    const disguised = { ...backend, adapter: { vendor: "", architecture: "", description: "" } };
    const { raw, ...rest } = cases["tanh, mse"] as Case;
    await compare(disguised, { raw: { ...raw, steps: 2 }, ...rest });
  });

  test("images and the softmax cross-entropy", { timeout: 60_000 }, async ({ skip }) => {
    if (!backend) return skip("no WebGPU adapter");
    await compare(backend, images);
  });
});
