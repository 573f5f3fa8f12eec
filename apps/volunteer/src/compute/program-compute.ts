import type { ComputeBackend } from "@widefield/experiments/backend/compute-backend";
import {
  ExperimentError,
  type ExperimentProgram,
  type Progress,
  type RunContext,
} from "@widefield/experiments/contract/program";
import type { BackendChoice, Compute, ComputeEnd, DeviceFacts } from "../loop/ports.ts";
import { sentence } from "../loop/to-failure.ts";
import type { GrantedUnit } from "../loop/work.ts";
import { createPacer } from "./pacer.ts";
import { toResults } from "./to-results.ts";
import type { WatchedSource } from "./watched-source.ts";

export interface ComputeParts {
  /** @throws Error with a sentence for people */
  openDevice(choice: BackendChoice): Promise<OpenedDevice>;
  /** Loads what it needs on the first call. Undefined when this version has no such program. @throws when it does not load */
  findProgram(id: string, version: number): Promise<ExperimentProgram | undefined>;
  readonly data: WatchedSource;
  /** Monotonic milliseconds. */
  now(): number;
}

export interface OpenedDevice {
  readonly backend: ComputeBackend;
  /** Why this is not the backend that was hoped for. */
  readonly fallback: string | null;
}

/** A lost device breaks a run before it is known to be lost: wait so long to learn which came first. */
const LOSS_NEWS_MS = 200;
/** A run on a lost device gets so long to end by itself. */
const LOSS_GRACE_MS = 2_000;

/** Computes in this thread. */
export function createProgramCompute(parts: ComputeParts): Compute {
  const pacer = createPacer();
  let device: ComputeBackend | null = null;
  let isLost = false;
  /** Told of a loss: the wait of the run under way. A listener and not a race with `lost`, which would keep every loser alive. */
  let onLoss = (): void => undefined;
  let abort = new AbortController();

  async function close(): Promise<void> {
    const closing = device;
    device = null;
    await closing?.dispose().catch(() => undefined);
  }

  async function open(choice: BackendChoice, onLost: (message: string) => void): Promise<DeviceFacts> {
    await close();
    const { backend, fallback } = await parts.openDevice(choice);
    device = backend;
    isLost = false;
    // A device may come lost: whoever opened it hears first that it is open.
    setTimeout(() => {
      void backend.lost.then((message) => {
        // Closing a device loses it too; that is no news.
        if (device !== backend) return;
        isLost = true;
        onLost(message);
        onLoss();
      });
    });
    return { backend: backend.name, adapter: backend.adapter, limits: backend.limits, fallback };
  }

  async function run(unit: GrantedUnit, onProgress: (progress: Progress) => void): Promise<ComputeEnd> {
    abort = new AbortController();
    const { signal } = abort;
    const started = parts.now();
    const data = parts.data.forRun();
    let program: ExperimentProgram | undefined;
    try {
      program = await parts.findProgram(unit.experiment, unit.version);
    } catch (error) {
      // The network, or a newer version in the place of this one: nothing was tried, so nothing has failed.
      return signal.aborted ? { kind: "stopped" } : { kind: "programUnreachable", message: sentence(error) };
    }
    if (program === undefined || device === null || signal.aborted) return { kind: "stopped" };
    try {
      const end = await drive(program, unit, { backend: device, data, signal, now: parts.now }, onProgress);
      return isLost || signal.aborted ? { kind: "stopped" } : end;
    } catch (error) {
      if (signal.aborted) return { kind: "stopped" };
      await new Promise<void>((resolve) => {
        onLoss = resolve;
        setTimeout(resolve, LOSS_NEWS_MS);
      });
      if (isLost || signal.aborted) return { kind: "stopped" };
      if (data.unreachable()) return { kind: "dataUnreachable", message: sentence(error) };
      return { kind: "failed", message: describe(error), elapsedMs: parts.now() - started };
    }
  }

  async function drive(
    program: ExperimentProgram,
    unit: GrantedUnit,
    context: RunContext,
    onProgress: (progress: Progress) => void,
  ): Promise<ComputeEnd> {
    const trials = unit.trials.map(({ params, seed }) => ({ params: program.definition.params.parse(params), seed }));
    const steps = program.run(trials, context);
    for (;;) {
      const began = parts.now();
      const step = await new Promise<Awaited<ReturnType<typeof steps.next>> | null>((resolve, reject) => {
        onLoss = () => resolve(null);
        steps.next().then(resolve, reject);
      });
      if (step === null) {
        // It hangs in the device; its next breath ends it.
        abort.abort(new Error("The device was lost."));
        await Promise.race([steps.return(EMPTY), new Promise((resolve) => setTimeout(resolve, LOSS_GRACE_MS))]);
        return { kind: "stopped" };
      }
      if (step.done) {
        const { flops, elapsedMs } = step.value;
        const flopsPerSecond = elapsedMs > 0 ? (1000 * flops) / elapsedMs : 0;
        return { kind: "computed", results: toResults(unit.trials, step.value), flopsPerSecond };
      }
      onProgress(step.value);
      await pacer.rest(parts.now() - began, context.signal);
    }
  }

  return {
    open,
    run,
    close,
    abort: () => abort.abort(new Error("Stopped.")),
    pace: (intensity, suspended) => pacer.set(intensity, suspended),
  };
}

const EMPTY = { outcomes: [], flops: 0, elapsedMs: 0 };

/** An experiment's own words; a bug is told by its name too, for whoever has to find it. */
function describe(error: unknown): string {
  return error instanceof ExperimentError || !(error instanceof Error)
    ? sentence(error)
    : `${error.name}: ${error.message}`;
}
