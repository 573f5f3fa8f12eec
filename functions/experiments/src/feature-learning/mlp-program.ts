import { getBackend, setBackend } from "@tensorflow/tfjs-core";
import type { ComputeBackend } from "../backend/compute-backend.ts";
import type { TrialSpec } from "../contract/experiment.ts";
import {
  ExperimentError,
  type ExperimentProgram,
  type Progress,
  type RunContext,
  type RunReport,
} from "../contract/program.ts";
import { destroyFreeBuffers, submitForBuffersOf } from "../kernels/webgpu-memory.ts";
import { evaluationFlops, mlpCost, stepFlops } from "./mlp-cost.ts";
import { loadMlpData } from "./mlp-data.ts";
import { mlpDefinition } from "./mlp-definition.ts";
import { type Feed, openFeed } from "./mlp-feed.ts";
import { type Lane, openLane } from "./mlp-lane.ts";
import type { MlpParams, mlpParams } from "./mlp-params.ts";
import type { Sliced } from "./sliced.ts";

type Trial = TrialSpec<MlpParams>;

/** Steps are issued without waiting for about this long; then losses are read, progress is told and an abort is heard. */
const restlessMs = 100;
/** Longest time that the event loop is kept waiting, where a step is shorter. A browser charges up to 4 ms for each breath. */
const breathlessMs = 50;

export const mlpProgram: ExperimentProgram<typeof mlpParams> = { definition: mlpDefinition, run };

async function* run(trials: readonly Trial[], context: RunContext): AsyncGenerator<Progress, RunReport, void> {
  const { backend, signal, now } = context;
  const { params } = checkPack(trials);
  signal.throwIfAborted();
  const clock = startClock(now);
  const lanes: Lane[] = [];
  let feed: Feed | undefined;
  let flops = 0;
  let trialSteps = 0;
  const total = mlpCost(trials.map((trial) => trial.params)).flops;
  const progress = (): Progress => {
    const latest = lanes.flatMap((lane) => lane.latest);
    // While lanes are being opened, those that are missing have done no step.
    const missing = trials.length - latest.length;
    return {
      fraction: Math.min(1, flops / total),
      step: missing > 0 ? 0 : Math.min(...lanes.map((lane) => (lane.finished ? params.steps : lane.step))),
      steps: params.steps,
      flops,
      elapsedMs: clock.elapsed(),
      latest: [...latest, ...Array.from({ length: missing }, () => null)],
    };
  };
  /** Between two steps, or two slices of other work. Whoever got the thread or a report may have aborted the run. */
  async function* rest(): AsyncGenerator<Progress, void, void> {
    await clock.breathe();
    signal.throwIfAborted();
    if (clock.sinceTold() <= restlessMs) return;
    yield* clock.tell(progress());
    signal.throwIfAborted();
  }
  async function* inSlices<T>(work: Sliced<T> | AsyncGenerator<void, T, void>): AsyncGenerator<Progress, T, void> {
    try {
      for (;;) {
        const slice = await work.next();
        if (slice.done) return slice.value;
        yield* rest();
      }
    } finally {
      // Cut off, it frees what it has made so far.
      await work.return(undefined as T);
    }
  }

  try {
    const data = yield* inSlices(loadMlpData(params, context.data, signal));
    signal.throwIfAborted();
    clock.restart();
    if (getBackend() !== backend.name) await setBackend(backend.name);
    const laneTrials = intoLanes(trials, backend);
    const laneSize = Math.max(...laneTrials.map((lane) => lane.length));
    if (backend.name === "webgpu") {
      submitForBuffersOf(Math.max(...laneTrials.map((lane) => largestBuffer(lane))));
    }
    feed = yield* inSlices(openFeed(data, params, laneSize, backend.name));
    for (const members of laneTrials) lanes.push(yield* inSlices(openLane(members, feed, backend)));
    let stride = 1;
    for (let reached = 0; ; ) {
      for (const lane of lanes) {
        if (lane.finished) continue;
        yield* inSlices(lane.evaluate());
        flops += lane.size * evaluationFlops(params);
        yield* rest();
      }
      if (reached === params.steps) break;
      reached = Math.min(params.steps, reached + params.evalEvery);
      for (;;) {
        // In step with each other, so that lanes of one seed share a batch.
        const active = lanes.filter((lane) => !lane.finished && lane.step < reached);
        const [first] = active;
        if (!first) break;
        const start = now();
        const steps = Math.min(stride, reached - first.step);
        for (let i = 0; i < steps; i++) {
          for (const lane of active) {
            lane.train();
            flops += lane.size * stepFlops(params);
            trialSteps += lane.size;
            yield* rest();
          }
        }
        for (const lane of active) await lane.settle();
        stride = nextStride(stride, steps, now() - start);
        signal.throwIfAborted();
      }
    }
    const elapsedMs = clock.elapsed();
    const timings = { stepsPerSecond: (1000 * trialSteps) / elapsedMs, flopsPerSecond: (1000 * flops) / elapsedMs };
    return { outcomes: lanes.flatMap((lane) => lane.outcomes(timings)), flops, elapsedMs };
  } finally {
    for (const lane of lanes) lane.dispose();
    feed?.dispose();
    if (feed && backend.name === "webgpu") destroyFreeBuffers();
  }
}

function largestBuffer(lane: readonly Trial[]): number {
  return mlpCost(lane.map(({ params }) => params)).largestBufferBytes;
}

/** @throws ExperimentError unless there is a trial and all share a pack key. */
function checkPack(trials: readonly Trial[]): Trial {
  const [first] = trials;
  if (!first) throw new ExperimentError("There is no trial to run.");
  const key = mlpDefinition.packKey(first.params);
  if (trials.some(({ params }) => mlpDefinition.packKey(params) !== key)) {
    throw new ExperimentError("These trials have different shapes and cannot share a program.");
  }
  return first;
}

/**
 * Everything in one lane on WebGPU, as far as the device's buffers go; one trial a lane elsewhere.
 * @throws ExperimentError when one trial alone is too large for the device.
 */
function intoLanes(trials: readonly Trial[], backend: ComputeBackend): Trial[][] {
  const { maxBufferBytes } = backend.limits;
  const fits = (lane: readonly Trial[]): boolean => largestBuffer(lane) <= maxBufferBytes;
  const lanes: Trial[][] = [];
  for (const trial of trials) {
    if (!fits([trial])) {
      throw new ExperimentError(
        `Width ${trial.params.width} needs a buffer of ${mebibytes(largestBuffer([trial]))}, and this device allows ${mebibytes(maxBufferBytes)}. Choose a smaller width or batch.`,
      );
    }
    const last = lanes.at(-1);
    if (last && backend.name === "webgpu" && fits([...last, trial])) last.push(trial);
    else lanes.push([trial]);
  }
  return lanes;
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MiB`;
}

/** How many steps to issue before the next rest. */
function nextStride(stride: number, steps: number, elapsedMs: number): number {
  const ideal = Math.max(1, Math.floor((steps * restlessMs) / Math.max(elapsedMs, 0.1)));
  return Math.min(ideal, 2 * stride, 1024);
}

/** Time spent computing: while the caller holds a progress report back, the clock stands. */
function startClock(now: () => number): {
  elapsed(): number;
  /** What came before, such as a download, was no computing. */
  restart(): void;
  sinceTold(): number;
  /** Lets the event loop run if it has waited long, so that an abort is heard and a page stays alive. */
  breathe(): Promise<void>;
  tell(progress: Progress): Generator<Progress, void, void>;
} {
  let start = now();
  let told = start;
  let breathed = start;
  let away = 0;
  return {
    elapsed: () => now() - start - away,
    restart() {
      start = now();
      away = 0;
    },
    sinceTold: () => now() - told,
    async breathe() {
      if (now() - breathed < breathlessMs) return;
      await new Promise((resume) => setTimeout(resume, 0));
      breathed = now();
    },
    *tell(progress) {
      const left = now();
      yield progress;
      told = now();
      away += told - left;
    },
  };
}
