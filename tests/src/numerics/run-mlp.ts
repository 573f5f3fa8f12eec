import type { ComputeBackend } from "@widefield/experiments/backend/compute-backend";
import { findExperiment, parseParams } from "@widefield/experiments/catalog";
import type { ExperimentDefinition, TrialSpec } from "@widefield/experiments/contract/experiment";
import type {
  DatasetSource,
  ExperimentProgram,
  Progress,
  RunReport,
  SucceededTrial,
} from "@widefield/experiments/contract/program";
import { findProgram } from "@widefield/experiments/programs";
import { noiseImages } from "./noise-images.ts";

export type RawTrial = Readonly<Record<string, unknown>> & { readonly seed?: number };

export function mlpDefinition(): ExperimentDefinition {
  const definition = findExperiment("feature-learning.mlp@1");
  if (!definition) throw new Error("The catalogue lost feature-learning.mlp@1.");
  return definition;
}

export function mlpProgram(): ExperimentProgram {
  const program = findProgram("feature-learning.mlp", 1);
  if (!program) throw new Error("feature-learning.mlp@1 has no program.");
  return program;
}

/** Params after defaults. */
export function mlpTrial({ seed = 1, ...raw }: RawTrial): TrialSpec<Record<string, unknown>> {
  const parsed = parseParams(mlpDefinition(), raw);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return { params: parsed.params, seed };
}

export interface RunOptions {
  readonly data?: DatasetSource;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Runs trials as one pack to the end. */
export async function runMlp(
  backend: ComputeBackend,
  raw: readonly RawTrial[],
  options: RunOptions = {},
): Promise<RunReport> {
  const run = mlpProgram().run(raw.map(mlpTrial), {
    backend,
    data: options.data ?? noiseImages(256),
    signal: options.signal ?? new AbortController().signal,
    now: () => performance.now(),
  });
  for (;;) {
    const next = await run.next();
    if (next.done) return next.value;
    options.onProgress?.(next.value);
  }
}

/** The outcomes, all of which must have succeeded. */
export function succeeded({ outcomes }: RunReport): SucceededTrial[] {
  return outcomes.map((outcome) => {
    if (outcome.outcome !== "SUCCEEDED") throw new Error(`Diverged at step ${outcome.divergedAtStep}.`);
    return outcome;
  });
}
