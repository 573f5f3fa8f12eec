import type { RunReport, TrialOutcome } from "@widefield/experiments/contract/program";
import type { GrantedTrial, TrialResult } from "../loop/work.ts";

/** A run's outcomes in the words of the API. Time and operations of a pack are shared out evenly. */
export function toResults(trials: readonly GrantedTrial[], report: RunReport): TrialResult[] {
  return trials.map((trial, index) => {
    const outcome = report.outcomes[index];
    if (outcome === undefined)
      throw new Error(`The program gave no outcome for trial ${index + 1} of ${trials.length}.`);
    return {
      trialId: trial.id,
      outcome: outcome.outcome,
      metrics: Object.entries(outcome.metrics).map(([name, value]) => ({ name, value })),
      curves: curvesOf(outcome),
      divergedAtStep: outcome.outcome === "DIVERGED" ? outcome.divergedAtStep : null,
      error: null,
      elapsedMs: report.elapsedMs / trials.length,
      flops: report.flops / trials.length,
    };
  });
}

function curvesOf(outcome: TrialOutcome): TrialResult["curves"] {
  return Object.entries(outcome.curves).map(([name, { steps, values }]) => ({
    name,
    steps: [...steps],
    values: [...values],
  }));
}
