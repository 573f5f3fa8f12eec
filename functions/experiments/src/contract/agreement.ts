import type { ExperimentDefinition, Metric } from "./experiment.ts";

/** What one replica says of one trial. */
export interface Report {
  readonly outcome: "SUCCEEDED" | "DIVERGED";
  readonly metrics: Readonly<Record<string, number | null>>;
}

export interface Disagreement {
  readonly metric: string;
  readonly a: number | null;
  readonly b: number | null;
  /** The largest difference that would have agreed. */
  readonly allowed: number;
}

/** The declaration behind a stored metric name, per-layer names (`featureMovement.2`) included. */
export function metricOf(definition: ExperimentDefinition, storedName: string): Metric | undefined {
  return definition.metrics.find((metric) =>
    metric.perLayer
      ? storedName.startsWith(`${metric.name}.`) && /^[1-9]\d*$/.test(storedName.slice(metric.name.length + 1))
      : metric.name === storedName,
  );
}

/**
 * Where two replicas part: every compared metric that differs by more than its declared tolerance, or that one of them lacks.
 * Empty when they agree. Outcomes are compared by the caller. Symmetric in a and b.
 */
export function disagreements(definition: ExperimentDefinition, a: Report, b: Report): Disagreement[] {
  const names = new Set([...Object.keys(a.metrics), ...Object.keys(b.metrics)]);
  const found: Disagreement[] = [];
  for (const name of [...names].sort()) {
    const tolerance = metricOf(definition, name)?.tolerance;
    if (!tolerance) continue;
    const left = a.metrics[name] ?? null;
    const right = b.metrics[name] ?? null;
    if (left === null && right === null) continue;
    const allowed =
      left === null || right === null
        ? 0
        : tolerance.absolute + tolerance.relative * Math.max(Math.abs(left), Math.abs(right));
    if (left === null || right === null || !(Math.abs(left - right) <= allowed)) {
      found.push({ metric: name, a: left, b: right, allowed });
    }
  }
  return found;
}
