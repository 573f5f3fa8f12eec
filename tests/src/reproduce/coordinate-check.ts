import type { ComputeBackend } from "@widefield/experiments/backend/compute-backend";
import { parseParams } from "@widefield/experiments/catalog";
import type { TrialOutcome } from "@widefield/experiments/contract/program";
import { findProgram } from "@widefield/experiments/programs";
import { openNodeDevice } from "@widefield/volunteer/node/open-node-device";
import { logSlope } from "../numerics/log-slope.ts";

export interface WidthOutcomes {
  readonly width: number;
  /** One per seed. */
  readonly outcomes: readonly TrialOutcome[];
}

let device: Promise<ComputeBackend> | null = null;

/**
 * The set-up of the family's slopes: tanh, two hidden layers, four Gaussian inputs in R⁴, y = (1, −1, 1, −1), linear loss, η ½,
 * full batch. All seeds of one width train packed.
 */
export async function trainings(
  params: Record<string, unknown>,
  { steps, widths, seeds }: { steps: number; widths: readonly number[]; seeds: number },
): Promise<WidthOutcomes[]> {
  device ??= openNodeDevice("auto").then(({ backend }) => backend);
  const backend = await device;
  const program = findProgram("feature-learning.mlp", 1);
  if (!program) throw new Error("feature-learning.mlp@1 has no program.");
  const measured: WidthOutcomes[] = [];
  for (const width of widths) {
    const parsed = parseParams(program.definition, { ...setUp, ...params, steps, evalEvery: steps, width });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
    const trials = Array.from({ length: seeds }, (_, seed) => ({ params: parsed.params, seed }));
    const run = program.run(trials, {
      backend,
      data: { labelled: () => Promise.reject(new Error("Synthetic data needs no source.")) },
      signal: new AbortController().signal,
      now: () => performance.now(),
    });
    for (;;) {
      const next = await run.next();
      if (!next.done) continue;
      measured.push({ width, outcomes: next.value.outcomes });
      break;
    }
  }
  return measured;
}

const setUp = {
  dataset: "gaussian",
  inputDim: 4,
  trainSize: 4,
  evalSize: 4,
  batchSize: 4,
  loss: "linear",
  activation: "tanh",
  depth: 2,
  learningRate: 0.5,
};

/** Slope of log(mean over seeds) against log(width). */
export function slopesOf(measured: readonly WidthOutcomes[], metric: string): number {
  return logSlope(
    measured.map(({ width, outcomes }) => {
      const values = outcomes.map(({ metrics }) => metrics[metric] ?? Number.NaN);
      return [width, values.reduce((sum, value) => sum + value, 0) / values.length];
    }),
  );
}
