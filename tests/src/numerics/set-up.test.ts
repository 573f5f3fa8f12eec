import { engine, memory, ones } from "@tensorflow/tfjs-core";
import type { ComputeBackend } from "@widefield/experiments/backend/compute-backend";
import { openBackend } from "@widefield/experiments/backend/open-backend";
import type { Progress } from "@widefield/experiments/contract/program";
import { loadMlpData } from "@widefield/experiments/feature-learning/mlp-data";
import { openFeed } from "@widefield/experiments/feature-learning/mlp-feed";
import { mlpParams } from "@widefield/experiments/feature-learning/mlp-params";
import { openNet } from "@widefield/experiments/feature-learning/packed-net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { finish } from "./finish.ts";
import { noiseImages } from "./noise-images.ts";
import { mlpProgram, mlpTrial, type RawTrial, runMlp } from "./run-mlp.ts";

/** Sixteen million normal numbers each, most of a second. */
const setUps: Record<string, RawTrial> = {
  "the weights of a wide net": {
    ...{ width: 4000, depth: 2, steps: 1, evalEvery: 1 },
    ...{ inputDim: 4, trainSize: 4, evalSize: 4, batchSize: 4 },
  },
  "synthetic data": { width: 4, depth: 1, trainSize: 8000, evalSize: 64, inputDim: 2000, steps: 2, evalEvery: 2 },
};

let backend: ComputeBackend;
beforeAll(async () => {
  backend = await openBackend("wasm");
});
afterAll(() => backend.dispose());

describe.each(Object.entries(setUps))("while a run makes %s", (_what, raw) => {
  test("it tells of its progress and lets the event loop run, each several times a second", {
    timeout: 60_000,
  }, async () => {
    const told: number[] = [];
    const turns: number[] = [];
    const start = performance.now();
    const timer = setInterval(() => turns.push(performance.now()), 1);
    await runMlp(backend, [raw], { onProgress: () => told.push(performance.now()) });
    clearInterval(timer);
    const longest = (times: readonly number[]): number =>
      Math.max(...[...times, performance.now()].map((time, i) => time - (times[i - 1] ?? start)));
    const whole = performance.now() - start;
    for (const gap of [longest(told), longest(turns)]) {
      // In one piece the set-up is most of the run. A share of the run, because other tests keep the machine busy meanwhile.
      expect(gap / whole).toBeLessThan(0.5);
    }
  });

  test("it hears an abort, and frees every tensor", { timeout: 60_000 }, async () => {
    const before = memory().numTensors;
    const controller = new AbortController();
    const reason = new Error("the tab is closing");
    const due = performance.now() + 100;
    setTimeout(() => controller.abort(reason), 100);
    const told: Progress[] = [];
    const run = runMlp(backend, [raw], { signal: controller.signal, onProgress: (progress) => told.push(progress) });
    await expect(run).rejects.toBe(reason);
    expect(performance.now() - due).toBeLessThan(400);
    for (const { step, fraction, latest } of told) {
      expect({ step, fraction, latest }).toEqual({ step: 0, fraction: 0, latest: [null] });
    }
    expect(memory().numTensors).toBe(before);
  });
});

test("who leaves a run during its set-up gets every tensor back", async () => {
  const before = memory().numTensors;
  const run = mlpProgram().run([mlpTrial(setUps["the weights of a wide net"] ?? {})], {
    backend,
    data: noiseImages(64),
    signal: new AbortController().signal,
    now: () => performance.now(),
  });
  expect((await run.next()).done).toBe(false);
  await run.return({ outcomes: [], flops: 0, elapsedMs: 0 });
  expect(memory().numTensors).toBe(before);
});

test("an abort in answer to a report ends the run before another step", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  let clock = 0;
  const run = mlpProgram().run([mlpTrial({ width: 8, steps: 1000, evalEvery: 1000, trainSize: 64, evalSize: 16 })], {
    backend,
    data: noiseImages(16),
    signal: controller.signal,
    // By this clock every look takes 20 ms, so that reports are frequent.
    now: () => (clock += 20),
  });
  let step = 0;
  while (step === 0) {
    const next = await run.next();
    if (next.done) throw new Error("It ended.");
    step = next.value.step;
  }
  controller.abort(reason);
  const computed = vi.spyOn(engine(), "runKernel");
  await expect(run.next()).rejects.toBe(reason);
  expect(computed).not.toHaveBeenCalled();
  computed.mockRestore();
});

describe("what fails half-way leaves no tensors", () => {
  const params = mlpParams.parse({ width: 8, trainSize: 256, evalSize: 96, batchSize: 256 });
  const failing = new Error("no more");

  test.each([1, 2, 3, 4, 5])("a feed whose examples end at copy %i", async (last) => {
    const data = await finish(loadMlpData(params, noiseImages(16), new AbortController().signal));
    const before = memory().numTensors;
    let copies = 0;
    const broken = (set: typeof data.train): typeof data.train => ({
      ...set,
      copyTargets(...request) {
        if (++copies === last) throw failing;
        set.copyTargets(...request);
      },
    });
    // A wide lane has chunks of 32 examples.
    const feed = finish(openFeed({ train: broken(data.train), test: broken(data.test) }, params, 2 ** 20, "wasm"));
    await expect(feed).rejects.toBe(failing);
    expect(copies).toBe(last);
    expect(memory().numTensors).toBe(before);
  });

  test.each(["sgd", "momentum", "adam"])("a net of %s whose product fails", async (optimizer) => {
    const before = memory().numTensors;
    const trial = { params: mlpParams.parse({ width: 8, optimizer }), seed: 1 };
    // The probe has inputs of another length than the net.
    await expect(finish(openNet([trial], backend, ones([4, 5])))).rejects.toThrow();
    expect(memory().numTensors).toBe(before);
  });
});
