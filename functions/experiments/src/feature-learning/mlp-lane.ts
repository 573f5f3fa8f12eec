import { dispose, stack, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { ComputeBackend } from "../backend/compute-backend.ts";
import { onLost } from "../backend/on-lost.ts";
import type { TrialSpec } from "../contract/experiment.ts";
import type { CurvePoints, TrialOutcome } from "../contract/program.ts";
import type { Feed } from "./mlp-feed.ts";
import type { MlpParams } from "./mlp-params.ts";
import { openNet } from "./packed-net.ts";
import type { Sliced } from "./sliced.ts";

/** Trials that train in one net: all of a pack on WebGPU, one at a time elsewhere. */
export interface Lane {
  readonly size: number;
  /** Steps done. */
  readonly step: number;
  /** Nothing is left to train: every member has diverged. */
  readonly finished: boolean;
  /** Issues one step; on WebGPU the device may still be busy with it. */
  train(): void;
  /** Waits for the steps issued so far and looks for divergence in their losses. */
  settle(): Promise<void>;
  /** Adds a point to every curve, a slice of some examples after the other. */
  evaluate(): AsyncGenerator<void, void, void>;
  /** Newest training loss of each member, null after its divergence. */
  readonly latest: readonly (number | null)[];
  /** Outcomes after the last evaluation; `timings` are added to the metrics of those that succeeded. */
  outcomes(timings: Readonly<Record<string, number>>): TrialOutcome[];
  dispose(): void;
}

interface Member {
  firstLoss: number | null;
  divergedAt: number | null;
  metrics: Record<string, number>;
  readonly curves: Record<string, { steps: number[]; values: number[] }>;
}

const linearLossBound = 1e9;

export function* openLane(trials: readonly TrialSpec<MlpParams>[], feed: Feed, backend: ComputeBackend): Sliced<Lane> {
  const net = yield* openNet(trials, backend, feed.probe());
  const members: Member[] = trials.map(() => ({ firstLoss: null, divergedAt: null, metrics: {}, curves: {} }));
  const read = (values: Tensor): Promise<ArrayLike<number>> =>
    new Promise((resolve, reject) => {
      const stop = onLost(backend, (reason) => reject(new Error(`The device was lost: ${reason}`)));
      values
        .data()
        .then((numbers) => resolve(numbers as Float32Array), reject)
        .finally(stop);
    });
  let pending: Tensor[] = [];
  let step = 0;

  const bound = (member: number): number => {
    const { params } = trials[member] as TrialSpec<MlpParams>;
    if (params.loss === "linear") return linearLossBound;
    return params.divergenceFactor * Math.max(members[member]?.firstLoss ?? 0, 0.5);
  };
  const judge = (member: number, loss: number, at: number): void => {
    const state = members[member];
    if (!state || state.divergedAt !== null) return;
    state.firstLoss ??= loss;
    if (!(Math.abs(loss) <= bound(member))) state.divergedAt = at;
  };

  const settle = async (): Promise<void> => {
    if (pending.length === 0) return;
    const losses = tidy(() => stack(pending)); // (steps, p) or (steps)
    const first = step - pending.length;
    const count = pending.length;
    dispose(pending);
    pending = [];
    try {
      const values = await read(losses);
      for (let i = 0; i < count; i++) {
        for (let member = 0; member < trials.length; member++) {
          judge(member, values[i * trials.length + member] ?? Number.NaN, first + i);
        }
      }
    } finally {
      dispose(losses);
    }
  };

  return {
    size: trials.length,
    get step() {
      return step;
    },
    get finished() {
      return members.every(({ divergedAt }) => divergedAt !== null);
    },
    train() {
      const batch = feed.batch(trials, step);
      pending.push(net.train(batch));
      feed.release(batch);
      step++;
    },
    settle,
    async *evaluate() {
      await settle();
      const { names, values } = yield* net.evaluate(feed.train, feed.test);
      try {
        const numbers = await read(values);
        for (const [index, member] of members.entries()) {
          const metrics = Object.fromEntries(
            names.map((name, row) => [name, numbers[row * trials.length + index] ?? Number.NaN]),
          );
          judge(index, metrics.finalTrainLoss ?? Number.NaN, step);
          if (!Object.values(metrics).every(Number.isFinite)) member.divergedAt ??= step;
          if (member.divergedAt !== null) continue;
          member.metrics = {
            ...metrics,
            bestTestLoss: Math.min(metrics.finalTestLoss ?? 0, member.metrics.bestTestLoss ?? Infinity),
          };
          addPoints(member, step, trials[index]?.params.depth ?? 1);
        }
      } finally {
        dispose(values);
      }
    },
    get latest() {
      return members.map(({ divergedAt, metrics }) => (divergedAt === null ? (metrics.finalTrainLoss ?? null) : null));
    },
    outcomes: (timings) => members.map((member) => outcomeOf(member, timings)),
    dispose() {
      dispose(pending);
      net.dispose();
    },
  };
}

/** The name of each curve, and the metric that is read for it. */
function curveSources(depth: number): [series: string, metric: string][] {
  return [
    ["trainLoss", "finalTrainLoss"],
    ["testLoss", "finalTestLoss"],
    ["testAccuracy", "finalTestAccuracy"],
    ["featureMovement", `featureMovement.${depth}`],
  ];
}

function addPoints(member: Member, step: number, depth: number): void {
  for (const [series, metric] of curveSources(depth)) {
    const value = member.metrics[metric];
    if (value === undefined) continue;
    const curve = member.curves[series] ?? { steps: [], values: [] };
    curve.steps.push(step);
    curve.values.push(value);
    member.curves[series] = curve;
  }
}

function outcomeOf({ divergedAt, metrics, curves }: Member, timings: Readonly<Record<string, number>>): TrialOutcome {
  const points: Record<string, CurvePoints> = curves;
  if (divergedAt === null) return { outcome: "SUCCEEDED", metrics: { ...metrics, ...timings }, curves: points };
  // What a run was worth just before it blew up depends on the last bit of every sum: such numbers are not reported.
  const nothing = Object.fromEntries(Object.keys(metrics).map((name) => [name, null]));
  return { outcome: "DIVERGED", divergedAtStep: divergedAt, metrics: nothing, curves: points };
}
