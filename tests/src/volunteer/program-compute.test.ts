import type { ComputeBackend } from "@widefield/experiments/backend/compute-backend";
import { findExperiment } from "@widefield/experiments/catalog";
import { ExperimentError, type ExperimentProgram, type RunContext } from "@widefield/experiments/contract/program";
import { createProgramCompute } from "@widefield/volunteer/compute/program-compute";
import type { WatchedSource } from "@widefield/volunteer/compute/watched-source";
import type { GrantedUnit } from "@widefield/volunteer/loop/work";
import { expect, test } from "vitest";
import { unit } from "./loop-script.ts";

const STEP_MS = 20;

/** A unit of two trials, of learning rates 1 and 2. */
function work(name: string, changes: Partial<GrantedUnit> = {}): GrantedUnit {
  const trials = [1, 2].map((learningRate, at) => ({ id: `${name}-${at + 1}`, params: { learningRate }, seed: 0 }));
  return unit(name, { trials, ...changes });
}

/** A program of ten steps of 20 ms that squares the learning rate; `at` is called before each step. */
function program(at: (step: number, context: RunContext) => Promise<void> | void = () => undefined): ExperimentProgram {
  const known = findExperiment("feature-learning.mlp");
  if (known === undefined) throw new Error("No experiment to stand in for.");
  return {
    definition: known,
    async *run(trials, context) {
      const started = context.now();
      for (let step = 1; step <= 10; step++) {
        await at(step, context);
        await new Promise((resolve) => setTimeout(resolve, STEP_MS));
        context.signal.throwIfAborted();
        yield {
          fraction: step / 10,
          step,
          steps: 10,
          flops: step * 1e6,
          elapsedMs: context.now() - started,
          latest: [1],
        };
      }
      const outcomes = trials.map(({ params }) => {
        const { learningRate: x } = params as { learningRate: number };
        return { outcome: "SUCCEEDED" as const, metrics: { square: x * x }, curves: {} };
      });
      return { outcomes, flops: 1e7, elapsedMs: 100 };
    },
  };
}

/** A device that can be lost at will. */
function device(): { backend: ComputeBackend; lose(): void } {
  let lose = (_message: string): void => undefined;
  const lost = new Promise<string>((resolve) => {
    lose = resolve;
  });
  const backend: ComputeBackend = {
    name: "cpu",
    adapter: { vendor: "", architecture: "", description: "" },
    limits: { maxBufferBytes: 1, memoryBytes: 1 },
    lost,
    dispose: async () => undefined,
  };
  return { backend, lose: () => lose("driver reset") };
}

const noData: WatchedSource = {
  forRun: () => ({ labelled: () => Promise.reject(new Error("No data here.")), unreachable: () => false }),
};

async function open(of: ExperimentProgram, data = noData) {
  const { backend, lose } = device();
  const losses: string[] = [];
  const compute = createProgramCompute({
    openDevice: async () => ({ backend, fallback: null }),
    findProgram: async (id) => (id === "test.square" ? of : undefined),
    data,
    now: () => performance.now(),
  });
  await compute.open("cpu", (message) => losses.push(message));
  return { compute, lose, losses };
}

test("a unit is run to its end, with progress on the way, and its cost shared out over its trials", async () => {
  const { compute } = await open(program());
  const fractions: number[] = [];
  const end = await compute.run(work("a"), ({ fraction }) => fractions.push(fraction));
  expect(fractions).toHaveLength(10);
  expect(end).toEqual({
    kind: "computed",
    flopsPerSecond: 1e8,
    results: [1, 4].map((square, at) => ({
      trialId: `a-${at + 1}`,
      outcome: "SUCCEEDED",
      metrics: [{ name: "square", value: square }],
      curves: [],
      divergedAtStep: null,
      error: null,
      elapsedMs: 50,
      flops: 5e6,
    })),
  });
});

test("at a fifth of the intensity it takes five times as long, and a change of mind is felt at once", async () => {
  const { compute } = await open(program());
  const timed = async () => {
    const started = performance.now();
    await compute.run(work("a"), () => undefined);
    return performance.now() - started;
  };
  const full = await timed();
  compute.pace(0.2, false);
  const low = await timed();
  // Timers are late, never early: the ratio is 5 but for what lateness adds to short steps.
  expect(low / full).toBeGreaterThan(3.5);
  compute.pace(0.1, false);
  const slow = timed();
  setTimeout(() => compute.pace(1, false), 100);
  expect(await slow).toBeLessThan(low);
});

test("suspended it does nothing; resumed it goes on where it was", async () => {
  const { compute } = await open(program());
  const steps: number[] = [];
  const end = compute.run(work("a"), ({ step }) => {
    steps.push(step);
    if (step === 3) compute.pace(1, true);
  });
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(steps).toEqual([1, 2, 3]);
  compute.pace(1, false);
  expect((await end).kind).toBe("computed");
  expect(steps).toHaveLength(10);
});

test("an abort ends it within a step, also while it rests or is suspended", async () => {
  for (const [intensity, suspended] of [
    [1, false],
    [0.1, false],
    [1, true],
  ] as const) {
    const { compute } = await open(program());
    compute.pace(intensity, suspended);
    const end = compute.run(work("a"), () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 60));
    const asked = performance.now();
    compute.abort();
    expect((await end).kind).toBe("stopped");
    expect(performance.now() - asked).toBeLessThan(400);
  }
});

test("what an experiment refuses is its failure; a bug is told by name", async () => {
  const refusing = program(() => {
    throw new ExperimentError("Width 9 needs 3 GiB, and this device allows 2.");
  });
  const broken = program(() => {
    throw new TypeError("x is undefined");
  });
  const messages = [];
  for (const one of [refusing, broken]) {
    const { compute } = await open(one);
    messages.push(await compute.run(work("a"), () => undefined));
  }
  expect(messages).toMatchObject([
    { kind: "failed", message: "Width 9 needs 3 GiB, and this device allows 2." },
    { kind: "failed", message: "TypeError: x is undefined" },
  ]);
});

test("a lost device is nobody's failure: neither when the run breaks first, nor when it hangs, nor when it ends", async () => {
  // Breaks first: the news of the loss comes a little later.
  let lose = (): void => undefined;
  const breaking = await open(
    program((step) => {
      if (step < 3) return;
      setTimeout(() => lose(), 50);
      throw new Error("mapAsync failed");
    }),
  );
  lose = breaking.lose;
  expect(await breaking.compute.run(work("a"), () => undefined)).toEqual({ kind: "stopped" });
  expect(breaking.losses).toEqual(["driver reset"]);

  const hanging = await open(program((step) => (step < 3 ? undefined : new Promise<void>(() => undefined))));
  const hung = hanging.compute.run(work("a"), () => undefined);
  setTimeout(hanging.lose, 100);
  expect(await hung).toEqual({ kind: "stopped" });

  // What was read from a device that was lost meanwhile is not to be trusted.
  const ending = await open(
    program((step) => {
      if (step === 10) lose();
    }),
  );
  lose = ending.lose;
  expect(await ending.compute.run(work("a"), () => undefined)).toEqual({ kind: "stopped" });
});

test("a device that is lost before it is there is told of, after it was opened", async () => {
  const { backend, lose } = device();
  const news: string[] = [];
  const compute = createProgramCompute({
    openDevice: async () => {
      lose();
      return { backend, fallback: null };
    },
    findProgram: async () => program(),
    data: noData,
    now: () => performance.now(),
  });
  await compute.open("cpu", (message) => news.push(message)).then(() => news.push("opened"));
  expect(await compute.run(work("a"), () => undefined)).toEqual({ kind: "stopped" });
  expect(news).toEqual(["opened", "driver reset"]);
});

test("data that the network keeps away is no failure; data that does not exist is", async () => {
  const asking = program(async (_step, { data, signal }) => {
    await data.labelled("mnist", signal);
  });
  for (const [unreachable, kind] of [
    [true, "dataUnreachable"],
    [false, "failed"],
  ] as const) {
    const source: WatchedSource = {
      forRun: () => ({ labelled: () => Promise.reject(new Error("No.")), unreachable: () => unreachable }),
    };
    const { compute } = await open(asking, source);
    expect((await compute.run(work("a"), () => undefined)).kind).toBe(kind);
  }
});

test("a program whose code does not load is no failure of the experiment", async () => {
  const { backend } = device();
  let loads = 0;
  const compute = createProgramCompute({
    openDevice: async () => ({ backend, fallback: null }),
    findProgram: async () => {
      if (loads++ === 0) throw new TypeError("Failed to fetch dynamically imported module: /chunk.js");
      return program();
    },
    data: noData,
    now: () => performance.now(),
  });
  await compute.open("cpu", () => undefined);
  expect(await compute.run(work("a"), () => undefined)).toEqual({
    kind: "programUnreachable",
    message: "Failed to fetch dynamically imported module: /chunk.js",
  });
  expect((await compute.run(work("a"), () => undefined)).kind).toBe("computed");
});

test("a program that this version lacks is not run, and not reported as failed", async () => {
  const { compute } = await open(program());
  expect(await compute.run(work("a", { experiment: "test.cube" }), () => undefined)).toEqual({ kind: "stopped" });
});
