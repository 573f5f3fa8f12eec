import { backend as device, memory } from "@tensorflow/tfjs-core";
import type { ComputeBackend } from "@widefield/experiments/backend/compute-backend";
import { openBackend } from "@widefield/experiments/backend/open-backend";
import { waitingBytes } from "@widefield/experiments/kernels/webgpu-memory";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openNodeGpu } from "./node-gpu.ts";
import { watchPeakMemory } from "./peak-memory.ts";
import { mlpDefinition, mlpTrial, type RawTrial, runMlp } from "./run-mlp.ts";

/**
 * What a host is asked to have must suffice, and must not keep away hosts that would do. The declared peak is that of the backend that needs most:
 * for single trials wasm, which transposes matrices where WebGPU reads them in place; for packs WebGPU, where all trials step at once.
 */
const slack = 2;

const small = { steps: 2, evalEvery: 2, trainSize: 256, evalSize: 64, batchSize: 32, learningRate: 1e-3 };
const optimizers = ["sgd", "momentum", "adam"] as const;
const single: RawTrial[] = [
  ...optimizers.flatMap((optimizer) => [1, 2, 8].map((depth) => ({ ...small, width: 256, depth, optimizer }))),
  ...["relu", "gelu", "erf", "linear"].map((activation) => ({ ...small, width: 64, batchSize: 256, activation })),
  { ...small, width: 64, depth: 8, activation: "gelu", batchSize: 256, evalSize: 16 },
  { ...small, width: 512, depth: 1, evalSize: 1024, trainSize: 1024 },
  { ...small, width: 128, dataset: "mnist", loss: "cross-entropy", optimizer: "adam" },
  { ...small, width: 16, dataset: "mnist", loss: "cross-entropy", trainSize: 256, batchSize: 256, activation: "relu" },
  { ...small, width: 8, depth: 1, batchSize: 1, inputDim: 512 },
];
const packed: RawTrial[] = optimizers.flatMap((optimizer) =>
  [1, 8].map((depth) => ({ ...small, width: 128, depth, optimizer, activation: "relu" })),
);
const packSize = 5;

/** Bytes of tensors at most in this run, and as declared; of the latter, the data on the host lie beside. */
async function peaks(backend: ComputeBackend, trials: readonly RawTrial[]) {
  const before = memory().numBytes;
  using peak = watchPeakMemory();
  await runMlp(backend, trials);
  const params = trials.map((raw) => mlpTrial(raw).params);
  const { peakBytes } = mlpDefinition().cost(params);
  const { dataset, trainSize, evalSize, inputDim } = params[0] as Record<string, number | string>;
  const host = dataset === "mnist" ? 70_000 * 785 : 4 * (Number(trainSize) + Number(evalSize)) * (Number(inputDim) + 1);
  return { measured: peak.bytes - before, declared: peakBytes - host };
}

function nameOf({
  width,
  depth = 2,
  optimizer = "sgd",
  activation = "tanh",
  dataset = "",
  batchSize,
}: RawTrial): string {
  return `${dataset} ${optimizer}, ${activation}, depth ${depth}, width ${width}, batch ${batchSize}`;
}

describe.each(["wasm", "webgpu"] as const)("the peak of memory on %s", (name) => {
  let backend: ComputeBackend | null = null;
  beforeAll(async () => {
    backend = name === "wasm" ? await openBackend("wasm") : await openNodeGpu();
  }, 60_000);
  afterAll(() => backend?.dispose());

  test.for(single.map((raw) => [nameOf(raw), raw] as const))("%s", { timeout: 60_000 }, async ([, raw], { skip }) => {
    if (!backend) return skip("no WebGPU adapter");
    const { measured, declared } = await peaks(backend, [raw]);
    expect(declared).toBeGreaterThanOrEqual(measured);
    if (name === "wasm") expect(declared).toBeLessThan(slack * measured);
  });

  test.for(packed.map((raw) => [nameOf(raw), raw] as const))(
    "five trials: %s",
    { timeout: 60_000 },
    async ([, raw], { skip }) => {
      if (!backend) return skip("no WebGPU adapter");
      const trials = Array.from({ length: packSize }, (_, seed) => ({ ...raw, seed }));
      const { measured, declared } = await peaks(backend, trials);
      expect(declared).toBeGreaterThanOrEqual(measured);
      if (name === "webgpu") expect(declared).toBeLessThan(slack * measured);
    },
  );
});

test("buffers on the GPU: no more than is declared and what waits for a submit, and none after the run", {
  timeout: 60_000,
}, async ({ skip }) => {
  const backend = await openNodeGpu();
  if (!backend) return skip("no WebGPU adapter");
  const { bufferManager } = device() as unknown as { bufferManager: Manager };
  const before = bufferManager.numBytesAllocated;
  const acquire = bufferManager.acquireBuffer.bind(bufferManager);
  let peak = 0;
  bufferManager.acquireBuffer = (...request) => {
    const buffer = acquire(...request);
    peak = Math.max(peak, bufferManager.numBytesAllocated);
    return buffer;
  };
  const wide = { ...small, width: 2048, depth: 2, optimizer: "adam", batchSize: 4, trainSize: 16, evalSize: 4 };
  await runMlp(backend, [wide]);
  const { peakBytes } = mlpDefinition().cost([mlpTrial(wide).params]);
  expect(peak - before).toBeLessThan(peakBytes + waitingBytes);
  expect(peak - before).toBeGreaterThan(peakBytes / slack);
  // tfjs holds a few words for uniforms.
  expect(bufferManager.numBytesAllocated - before).toBeLessThan(2 ** 12);
  await backend.dispose();
});

interface Manager {
  acquireBuffer(...request: unknown[]): unknown;
  readonly numBytesAllocated: number;
}
