import { jsonKey } from "./json-key.ts";
import type { MetricFigures } from "./metric-title.ts";
import { metricNamed } from "./metric-title.ts";

export type ScaleChoice = "auto" | "log" | "linear";

/** What a reader looks at: it stands in the address, so that a link shows the same. */
export interface View {
  readonly x: string;
  readonly y: string;
  readonly color: string | null;
  readonly facet: string | null;
  /** Only the best value of the tuned param at each x; false pools over it. */
  readonly best: boolean;
  /** Params held at one value, in charts and table. */
  readonly fixed: Readonly<Record<string, unknown>>;
  readonly xScale: ScaleChoice;
  readonly yScale: ScaleChoice;
}

export interface Axis {
  readonly param: string;
  readonly values: readonly unknown[];
}

/** What of a study decides how it can be drawn. */
export interface Subject {
  readonly axes: readonly Axis[];
  /** Apart from the axes: results are averaged over seeds unless somebody asks for them. */
  readonly seeds: Axis;
  readonly metrics: readonly MetricFigures[];
  readonly view: {
    readonly x: string;
    readonly y: string;
    readonly color: string;
    readonly tune: string | null;
  } | null;
  /** Metrics whose growth with the width theory predicts, for any configuration. */
  readonly predicted: readonly string[];
}

/** The tuned param, where the study varies it and this view does not show it. */
export function tuneOf(subject: Subject, view: Pick<View, "x" | "color" | "facet" | "fixed">): string | null {
  const tune = subject.view?.tune ?? null;
  const shown = tune === view.x || tune === view.color || tune === view.facet;
  return tune !== null && !shown && !(tune in view.fixed) && subject.axes.some(({ param }) => param === tune)
    ? tune
    : null;
}

/** The view that a study opens with. Where nothing is tuned and theory predicts a metric, that metric; else the experiment's own choice. */
export function defaultView(subject: Subject): View {
  const isAxis = (param: string | undefined) => subject.axes.some((axis) => axis.param === param);
  const x = isAxis(subject.view?.x) ? subject.view?.x : longestNumericAxis(subject.axes);
  const color = isAxis(subject.view?.color) && subject.view?.color !== x ? subject.view?.color : undefined;
  const tuned = isAxis(subject.view?.tune ?? undefined);
  const predicted = subject.predicted.filter((name) => metricNamed(subject.metrics, name)?.perLayer).at(-1);
  const own = subject.view?.y ?? subject.metrics[0]?.name ?? "";
  return {
    x: x ?? subject.axes[0]?.param ?? "seed",
    y: tuned ? own : (predicted ?? own),
    color: color ?? null,
    facet: null,
    best: tuned,
    fixed: {},
    xScale: "auto",
    yScale: "auto",
  };
}

/** The view that an address asks for; what it does not say, or says wrongly, is as in `defaultView`. */
export function parseView(search: URLSearchParams, subject: Subject): View {
  const standard = defaultView(subject);
  const params = new Set(["seed", ...subject.axes.map(({ param }) => param)]);
  const param = (name: string, otherwise: string | null) => {
    const given = search.get(name);
    if (given === "none") return null;
    return given !== null && params.has(given) ? given : otherwise;
  };
  const x = param("x", standard.x) ?? standard.x;
  const y = search.get("y");
  const color = param("color", standard.color === x ? null : standard.color);
  const facet = param("facet", null);
  return {
    x,
    y: y !== null && metricNamed(subject.metrics, y) ? y : standard.y,
    color: color === x ? null : color,
    facet: facet === x || facet === color ? null : facet,
    best: search.has("best") ? search.get("best") === "1" : standard.best,
    fixed: fixedOf(search, subject.axes),
    xScale: scaleChoice(search.get("xs")),
    yScale: scaleChoice(search.get("ys")),
  };
}

/** The metric by which the best tuned value is chosen: the drawn one where it has a good direction, else the experiment's own. */
export function rankingMetric(
  subject: Subject,
  metric: string,
): { name: string; direction: MetricFigures["direction"] } {
  const own = metricNamed(subject.metrics, metric)?.direction ?? "NONE";
  const chosen = subject.view?.y ?? metric;
  return own === "NONE"
    ? { name: chosen, direction: metricNamed(subject.metrics, chosen)?.direction ?? "NONE" }
    : { name: metric, direction: own };
}

/** How a param's value stands in an address. */
export function valueText(value: unknown): string {
  return typeof value === "string" ? value : jsonKey(value);
}

/** `groupBy` and `where.params` of the query that answers a view. */
export function viewGrouping(
  view: View,
  subject: Subject,
): { groupBy: string[]; tune: string | null; pooled: string[] } {
  const tune = view.best ? tuneOf(subject, view) : null;
  const groupBy = [view.x, view.color, view.facet, tune].filter((param) => param !== null);
  return { groupBy, tune, pooled: pooledOver(groupBy, view, subject) };
}

/** The axes over which the means of a grouping are taken. */
export function pooledOver(groupBy: readonly string[], { fixed }: Pick<View, "fixed">, { axes }: Subject): string[] {
  return axes.map(({ param }) => param).filter((param) => !groupBy.includes(param) && !(param in fixed));
}

/** The params that a view holds fixed, as a filter of the API. */
export function fixedFilter(fixed: View["fixed"]): { param: string; equals: unknown }[] {
  return Object.entries(fixed).map(([param, equals]) => ({ param, equals }));
}

function fixedOf(search: URLSearchParams, axes: readonly Axis[]): Record<string, unknown> {
  const fixed: Record<string, unknown> = {};
  for (const { param, values } of axes) {
    const text = search.get(`p.${param}`);
    const at = text === null ? -1 : values.findIndex((value) => valueText(value) === text);
    if (at >= 0) fixed[param] = values[at];
  }
  return fixed;
}

function scaleChoice(text: string | null): ScaleChoice {
  return text === "log" || text === "linear" ? text : "auto";
}

function longestNumericAxis(axes: readonly Axis[]): string | undefined {
  const numeric = axes.filter(({ values }) => values.every((value) => typeof value === "number"));
  return numeric.sort((a, b) => b.values.length - a.values.length)[0]?.param;
}
