import type { z } from "zod";
import type { ComputeBackend } from "../backend/compute-backend.ts";
import type { ExperimentDefinition, TrialSpec } from "./experiment.ts";

/** The heavy half of an experiment: it computes. Pure in (trials, data, backend): the same trial gives the same numbers in any pack. */
export interface ExperimentProgram<Schema extends z.ZodObject = z.ZodObject> {
  readonly definition: ExperimentDefinition<Schema>;
  /**
   * Runs trials that share a pack key, packed in one program.
   * Yields progress at least every second while a device is busy; returns one outcome per trial, in order.
   * @throws `signal.reason` within one step of an abort; `ExperimentError` for what the params make impossible.
   */
  run(trials: readonly TrialSpec<z.output<Schema>>[], context: RunContext): AsyncGenerator<Progress, RunReport, void>;
}

/** Everything that a run may touch besides its arguments. */
export interface RunContext {
  readonly backend: ComputeBackend;
  readonly data: DatasetSource;
  readonly signal: AbortSignal;
  /** Monotonic milliseconds. */
  now(): number;
}

/** Labelled examples in memory. */
export interface LabelledData {
  readonly id: string;
  /** Row-major, (examples, features), scaled as the dataset's manifest says. */
  readonly train: Examples;
  readonly test: Examples;
  readonly features: number;
  readonly classes: number;
}

export interface Examples {
  readonly count: number;
  /** Bytes 0..255, (count, features). */
  readonly inputs: Uint8Array;
  /** Class indices, (count). */
  readonly labels: Uint8Array;
}

export interface DatasetSource {
  /** @throws `ExperimentError` when the dataset is unknown or cannot be fetched. */
  labelled(id: string, signal: AbortSignal): Promise<LabelledData>;
}

export interface Progress {
  /** 0 to 1. */
  readonly fraction: number;
  readonly step: number;
  readonly steps: number;
  /** Floating-point operations done so far, and the milliseconds they took. */
  readonly flops: number;
  readonly elapsedMs: number;
  /** Newest value of the experiment's first series, one per trial; null after a divergence or before the first reading. */
  readonly latest: readonly (number | null)[];
}

export interface RunReport {
  readonly outcomes: readonly TrialOutcome[];
  readonly flops: number;
  readonly elapsedMs: number;
}

export type TrialOutcome = SucceededTrial | DivergedTrial;

export interface SucceededTrial {
  readonly outcome: "SUCCEEDED";
  /** Finite numbers. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly curves: Readonly<Record<string, CurvePoints>>;
}

/** Training left the finite numbers (or the experiment's bound). Data, not an error. */
export interface DivergedTrial {
  readonly outcome: "DIVERGED";
  readonly divergedAtStep: number;
  /** Null where the value is not finite. */
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly curves: Readonly<Record<string, CurvePoints>>;
}

/** values[i] was read after steps[i] steps; all finite. */
export interface CurvePoints {
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

/** The run cannot be done, and why, in words for a person. */
export class ExperimentError extends Error {
  override readonly name = "ExperimentError";
}
