import { metricOf } from "@widefield/experiments/contract/agreement";
import type { ExperimentDefinition, Extent, Series } from "@widefield/experiments/contract/experiment";
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

/** The largest number of 32 bits. Programs know none beyond it, and the database cannot square 1e300 for a deviation. */
const largest = (2 - 2 ** -23) * 2 ** 127;
/** Relative. A curve's last point and the metric are one number, read once; nothing but its way through text is to be forgiven. */
const endTolerance = 1e-6;

/**
 * What is wrong with a report, judged by the experiment alone: empty when it can be stored as it is.
 * A metric that is not finite arrives as null. In a divergence every metric that replicas are compared by is null; in a success none is.
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
  if (!(isNumber(report.elapsedMs) && report.elapsedMs >= 0)) refuse("elapsedMs", "Milliseconds, 0 or more.");
  if (!(isNumber(report.flops) && report.flops >= 0)) refuse("flops", "A number of operations, 0 or more.");
  if (report.outcome === "FAILED") {
    if (!report.error?.trim()) refuse("error", "Say what went wrong.");
    if (report.metrics.length > 0 || (report.curves ?? []).length > 0)
      refuse("metrics", "A failure has no metrics and no curves.");
    return issues;
  }
  const extent = extentOf(definition, params);
  if (report.outcome === "DIVERGED" && !isStep(report.divergedAtStep, extent.steps)) {
    refuse("divergedAtStep", `A divergence names the step at which it came, from 0 to ${extent.steps}.`);
  }
  if (report.outcome === "SUCCEEDED" && report.divergedAtStep != null) {
    refuse("divergedAtStep", "A run that succeeded did not diverge.");
  }
  issues.push(...metricIssues(definition, params, report, path), ...curveIssues(definition, extent, report, path));
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
    const metric = metricOf(definition, name);
    if (!metric) refuse(`${definition.id} has no metric "${name.slice(0, 80)}".`);
    else if (value === null ? report.outcome !== "DIVERGED" : !Number.isFinite(value)) {
      refuse(`${name} is not finite, which only a divergence may report (as null).`);
    } else if (value !== null && !isNumber(value)) {
      refuse(`${name} is ${value}, beyond the numbers of 32 bits.`);
    } else if (value !== null && report.outcome === "DIVERGED" && metric.tolerance) {
      refuse(`${name} is ${value}, but the run diverged: report null, nobody can compare what it was worth before.`);
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

function curveIssues(
  definition: ExperimentDefinition,
  extent: Extent,
  report: TrialReport,
  path: string,
): InputIssue[] {
  const issues: InputIssue[] = [];
  const refuse = (message: string): void => void issues.push({ path: `${path}.curves`, message });
  const curves = report.curves ?? [];
  const names = new Set(curves.map((curve) => curve.name));
  if (names.size < curves.length) refuse("A curve is named twice.");
  for (const { name, steps, values } of curves) {
    const series = definition.series.find((known) => known.name === name);
    if (!series) refuse(`${definition.id} has no curve "${name.slice(0, 80)}".`);
    else if (steps.length !== values.length) refuse(`${name} has ${steps.length} steps and ${values.length} values.`);
    else if (steps.length > extent.points) refuse(`${name} has more than ${extent.points} points.`);
    else if (!steps.every((step, at) => isStep(step) && (at === 0 || step > (steps[at - 1] ?? -1)))) {
      refuse(`The steps of ${name} do not rise.`);
    } else if ((steps.at(-1) ?? 0) > extent.steps) {
      refuse(`${name} goes on to step ${steps.at(-1)}; this trial has ${extent.steps}.`);
    } else if (!values.every(isNumber)) refuse(`${name} is not finite, in 32 bits: a curve ends before that.`);
    else if (report.outcome === "SUCCEEDED") {
      const end = endOf(series, definition, report);
      if (end && !isSame(end.value, values.at(-1))) {
        refuse(`${name} ends in ${values.at(-1) ?? "nothing"}, but ${end.name} is ${end.value}.`);
      }
    }
  }
  return issues;
}

/** What a trial's report may reach, as the experiment says; within what the server takes of anybody. */
function extentOf(definition: ExperimentDefinition, params: Readonly<Record<string, unknown>>): Extent {
  const { steps = reportLimits.steps, points = reportLimits.curvePoints } = definition.extent?.(params) ?? {};
  return { steps: Math.min(steps, reportLimits.steps), points: Math.min(points, reportLimits.curvePoints) };
}

/** The reported metric in which a curve has to end, where there is one. */
function endOf(
  { endsIn }: Series,
  definition: ExperimentDefinition,
  { metrics }: TrialReport,
): { readonly name: string; readonly value: number } | null {
  if (endsIn === undefined) return null;
  const perLayer = definition.metrics.find((metric) => metric.name === endsIn)?.perLayer;
  // Layers are 1, 2, … without a gap, so the last one's number is how many there are.
  const layers = metrics.filter(({ name }) => name.startsWith(`${endsIn}.`)).length;
  const name = perLayer ? `${endsIn}.${layers}` : endsIn;
  const value = metrics.find((metric) => metric.name === name)?.value;
  return typeof value === "number" ? { name, value } : null;
}

function isSame(a: number, b: number | undefined): boolean {
  return b !== undefined && Math.abs(a - b) <= endTolerance * Math.max(Math.abs(a), Math.abs(b));
}

/** Finite in the arithmetic of the programs. */
function isNumber(value: number): boolean {
  return Math.abs(value) <= largest;
}

function isStep(step: number | null | undefined, last: number = reportLimits.steps): boolean {
  return step != null && Number.isInteger(step) && step >= 0 && step <= last;
}
