import { metricOf } from "@widefield/experiments/contract/agreement";
import type { ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import type { InputIssue } from "../failure/failure.ts";

/** What a host says of one trial, as it arrives. */
export interface TrialReport {
  /** A uuid. */
  readonly trialId: string;
  readonly outcome: "SUCCEEDED" | "DIVERGED" | "FAILED";
  readonly metrics: readonly { readonly name: string; readonly value?: number | null | undefined }[];
  readonly curves?:
    | readonly { readonly name: string; readonly steps: readonly number[]; readonly values: readonly number[] }[]
    | null
    | undefined;
  readonly divergedAtStep?: number | null | undefined;
  readonly error?: string | null | undefined;
  readonly elapsedMs: number;
  readonly flops: number;
}

/** Sizes beyond which a report is refused. */
export const reportLimits = { metrics: 500, curvePoints: 20_000, errorLength: 2000, steps: 2 ** 31 - 1 } as const;

/**
 * What is wrong with a report, judged by the experiment alone: empty when it can be stored as it is.
 * A metric that is not finite arrives as null, and only a divergence may have one.
 * @param params of the trial: they say which metrics it has.
 * @param path of the report in its submission.
 */
export function reportIssues(
  definition: ExperimentDefinition,
  params: Readonly<Record<string, unknown>>,
  report: TrialReport,
  path: string,
): InputIssue[] {
  const issues: InputIssue[] = [];
  const refuse = (at: string, message: string): void => void issues.push({ path: `${path}.${at}`, message });
  if (!(Number.isFinite(report.elapsedMs) && report.elapsedMs >= 0)) refuse("elapsedMs", "Milliseconds, 0 or more.");
  if (!(Number.isFinite(report.flops) && report.flops >= 0)) refuse("flops", "A number of operations, 0 or more.");
  if (report.outcome === "FAILED") {
    if (!report.error?.trim()) refuse("error", "Say what went wrong.");
    if (report.metrics.length > 0 || (report.curves ?? []).length > 0)
      refuse("metrics", "A failure has no metrics and no curves.");
    return issues;
  }
  if (report.outcome === "DIVERGED" && !isStep(report.divergedAtStep)) {
    refuse("divergedAtStep", "A divergence names the step at which it came, 0 or later.");
  }
  if (report.outcome === "SUCCEEDED" && report.divergedAtStep != null) {
    refuse("divergedAtStep", "A run that succeeded did not diverge.");
  }
  issues.push(...metricIssues(definition, params, report, path), ...curveIssues(definition, report, path));
  return issues;
}

function metricIssues(
  definition: ExperimentDefinition,
  params: Readonly<Record<string, unknown>>,
  report: TrialReport,
  path: string,
): InputIssue[] {
  const issues: InputIssue[] = [];
  const refuse = (message: string): void => void issues.push({ path: `${path}.metrics`, message });
  if (report.metrics.length > reportLimits.metrics) {
    refuse(`At most ${reportLimits.metrics} metrics.`);
    return issues;
  }
  const named = new Map(report.metrics.map(({ name, value }) => [name, value ?? null]));
  if (named.size < report.metrics.length) refuse("A metric is named twice.");
  for (const [name, value] of named) {
    if (!metricOf(definition, name)) refuse(`${definition.id} has no metric "${name.slice(0, 80)}".`);
    else if (value === null ? report.outcome !== "DIVERGED" : !Number.isFinite(value)) {
      refuse(`${name} is not finite, which only a divergence may report (as null).`);
    }
  }
  if (report.outcome === "DIVERGED") return issues;
  for (const metric of definition.metrics) {
    if (definition.reports?.(params, metric.name) === false) continue;
    if (!named.has(metric.perLayer ? `${metric.name}.1` : metric.name)) refuse(`${metric.name} is missing.`);
    if (!metric.perLayer) continue;
    const layers = [...named.keys()].filter((name) => name.startsWith(`${metric.name}.`)).length;
    if (layers > 0 && !named.has(`${metric.name}.${layers}`)) refuse(`${metric.name} leaves out a layer.`);
  }
  return issues;
}

function curveIssues(definition: ExperimentDefinition, report: TrialReport, path: string): InputIssue[] {
  const issues: InputIssue[] = [];
  const refuse = (message: string): void => void issues.push({ path: `${path}.curves`, message });
  const curves = report.curves ?? [];
  const names = new Set(curves.map((curve) => curve.name));
  if (names.size < curves.length) refuse("A curve is named twice.");
  for (const { name, steps, values } of curves) {
    if (!definition.series.some((series) => series.name === name))
      refuse(`${definition.id} has no curve "${name.slice(0, 80)}".`);
    else if (steps.length !== values.length) refuse(`${name} has ${steps.length} steps and ${values.length} values.`);
    else if (steps.length > reportLimits.curvePoints)
      refuse(`${name} has more than ${reportLimits.curvePoints} points.`);
    else if (!steps.every((step, at) => isStep(step) && (at === 0 || step > (steps[at - 1] ?? -1)))) {
      refuse(`The steps of ${name} do not rise.`);
    } else if (!values.every(Number.isFinite)) refuse(`${name} is not finite: a curve ends before that.`);
  }
  return issues;
}

function isStep(step: number | null | undefined): boolean {
  return step != null && Number.isInteger(step) && step >= 0 && step <= reportLimits.steps;
}
