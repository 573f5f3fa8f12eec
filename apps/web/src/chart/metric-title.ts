/** What a chart and a table need to know of a metric. */
export interface MetricFigures {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly unit: string;
  readonly direction: "MINIMIZE" | "MAXIMIZE" | "NONE";
  readonly scale: "LOG" | "LINEAR";
  readonly perLayer: boolean;
}

/** The declaration behind a stored name; `featureMovement.2` is layer 2 of `featureMovement`. */
export function metricNamed<Metric extends MetricFigures>(
  metrics: readonly Metric[],
  stored: string,
): Metric | undefined {
  const exact = metrics.find(({ name, perLayer }) => !perLayer && name === stored);
  if (exact) return exact;
  const [, family] = /^(.+)\.[1-9]\d{0,3}$/.exec(stored) ?? [];
  return metrics.find(({ name, perLayer }) => perLayer && name === family);
}

/** "Feature movement, layer 2". */
export function metricTitle(metrics: readonly MetricFigures[], stored: string): string {
  const metric = metricNamed(metrics, stored);
  if (!metric) return stored;
  return metric.perLayer ? `${metric.label}, layer ${stored.slice(metric.name.length + 1)}` : metric.label;
}
