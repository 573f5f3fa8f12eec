import { findExperiment } from "@widefield/experiments/catalog";
import type { ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import { digestOf } from "@widefield/experiments/contract/identity";
import type { TrialReport } from "@widefield/graphql/result/trial-report";

export const experimentName = "feature-learning.mlp@1";

export function mlp(): ExperimentDefinition {
  const definition = findExperiment(experimentName);
  if (!definition) throw new Error(`The catalogue lacks ${experimentName}.`);
  return definition;
}

export interface AskedTrial {
  readonly id: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly seed: number;
}

/** What an honest host reports: numbers that depend on the trial alone. @param offset added to every compared metric, for hosts that are wrong. */
export function honestReport(trial: AskedTrial, offset = 0): TrialReport {
  const base = Number.parseInt(digestOf({ params: trial.params, seed: trial.seed }).slice(0, 8), 16) / 2 ** 32;
  const definition = mlp();
  const metrics = definition.metrics
    .filter((metric) => definition.reports?.(trial.params, metric.name) !== false)
    .map((metric, place) => ({
      name: metric.perLayer ? `${metric.name}.1` : metric.name,
      value: 1 + base + place + offset,
    }));
  const end = metrics.find(({ name }) => name === "finalTestLoss")?.value ?? 0;
  return {
    trialId: trial.id,
    outcome: "SUCCEEDED",
    metrics,
    curves: [{ name: "testLoss", steps: [0, stepsOf(trial)], values: [9, end] }],
    elapsedMs: 10,
    flops: 1e6,
  };
}

export function divergedReport(trial: AskedTrial, step = stepsOf(trial)): TrialReport {
  return {
    trialId: trial.id,
    outcome: "DIVERGED",
    divergedAtStep: step,
    metrics: mlp()
      .metrics.filter((metric) => !metric.perLayer)
      .map((metric) => ({ name: metric.name, value: null })),
    elapsedMs: 10,
    flops: 1e6,
  };
}

function stepsOf({ params }: AskedTrial): number {
  return mlp().extent?.(params).steps ?? 0;
}

export function failedReport(trial: AskedTrial, error = "The device was lost."): TrialReport {
  return { trialId: trial.id, outcome: "FAILED", metrics: [], error, elapsedMs: 1, flops: 0 };
}
