import { formatParam } from "../format/number.ts";
import { type ChartGuide, type ChartMark, type ChartModel, isReported } from "./chart-model.ts";
import type { Channels, GroupRow } from "./group-row.ts";
import { jsonKey } from "./json-key.ts";
import type { MetricFigures } from "./metric-title.ts";
import { metricNamed, metricTitle } from "./metric-title.ts";
import { inSentence, paramTitle, spellValue, withUnit } from "./param-title.ts";
import { type ScaleKind, suitsLog } from "./ticks.ts";
import { distinct, valueStyles } from "./value-style.ts";
import type { Axis, ScaleChoice } from "./view.ts";

interface ModelRequest {
  readonly rows: readonly GroupRow[];
  readonly metric: string;
  readonly metrics: readonly MetricFigures[];
  readonly paramsSchema: unknown;
  readonly channels: Channels;
  /** The study's axes: they give values their order and looks, and the x axis its extent, whatever has arrived so far. */
  readonly axes: readonly Axis[];
  readonly fixed: Readonly<Record<string, unknown>>;
  readonly xScale: ScaleChoice;
  readonly yScale: ScaleChoice;
  /** Ring the best mark of every series. */
  readonly ringBest?: boolean;
  /** Predicted exponent of x for a series of a panel, or null. */
  readonly exponentOf?: (color: unknown, facet: unknown) => number | null;
}

/** Rows of grouped results as a chart, with the scales that suit them. */
export function buildModel(request: ModelRequest): ChartModel {
  const { rows, metric, metrics, paramsSchema, channels } = request;
  const declared = metricNamed(metrics, metric);
  const numericX = rows.every(({ x }) => typeof x === "number");
  const xs = inOrder(
    request,
    channels.x,
    rows.map(({ x }) => x),
  );
  const colors = inOrder(
    request,
    channels.color,
    rows.map(({ color }) => color),
  );
  const styleOf = valueStyles(channels.color, request, colors);
  const means = rows.flatMap(({ mean }) => (mean === null ? [] : [mean]));
  const yScale = chosen(request.yScale, declared?.scale === "LOG" && suitsLog(means), suitsLog(means));
  const numbers = xs.filter((x) => typeof x === "number");
  const xScale = numericX ? chosen(request.xScale, suitsEvenly(numbers), suitsLog(numbers)) : "point";
  const x = paramTitle(paramsSchema, channels.x);
  const yLabel = withUnit(metricTitle(metrics, metric), declared?.unit ?? "");
  const marks = rows.filter(isReported).map((row): ChartMark => {
    const select = {
      ...request.fixed,
      [channels.x]: row.x,
      ...(channels.color !== null && { [channels.color]: row.color }),
      ...(channels.facet !== null && { [channels.facet]: row.facet }),
      ...(channels.tune !== null && { [channels.tune]: row.tune }),
    };
    const tuned =
      channels.tune === null ? "" : `${paramTitle(paramsSchema, channels.tune).title} ${formatParam(row.tune)}`;
    return {
      x: typeof row.x === "number" ? row.x : (spellValue(channels.x, row.x) ?? formatParam(row.x)),
      series: seriesName(channels.color, row.color),
      facet: facetName(paramsSchema, channels.facet, row.facet),
      mean: row.mean,
      low: row.low,
      high: row.high,
      count: row.count,
      diverged: row.diverged,
      best: false,
      note: tuned,
      select,
    };
  });
  return {
    title: `${yLabel} against ${inSentence(x.title)}`,
    xLabel: withUnit(x.title, x.unit),
    yLabel,
    xScale,
    yScale,
    xTicks: numericX && numbers.length <= 9 ? numbers : null,
    xDomain: numericX ? [numbers[0] ?? 0, numbers.at(-1) ?? 1] : null,
    series: colors.map((color) => ({ name: seriesName(channels.color, color), ...styleOf(color) })),
    facets: inOrder(
      request,
      channels.facet,
      rows.map(({ facet }) => facet),
    ).map((facet) => facetName(paramsSchema, channels.facet, facet)),
    marks: request.ringBest ? ringed(marks, declared?.direction ?? "NONE") : marks,
    guides:
      request.exponentOf && xScale === "log" && yScale === "log" ? guidesOf(rows, request, request.exponentOf) : [],
  };
}

function chosen(choice: ScaleChoice, suitsByNature: boolean, possible: boolean): ScaleKind {
  if (choice === "linear") return "linear";
  return choice === "log" ? (possible ? "log" : "linear") : suitsByNature ? "log" : "linear";
}

/** A log axis by nature: values that grow by factors rather than by steps. */
function suitsEvenly(values: readonly number[]): boolean {
  if (!suitsLog(values)) return false;
  const smallest = Math.min(...values);
  return Math.max(...values) / smallest >= 8;
}

function ringed(marks: readonly ChartMark[], direction: MetricFigures["direction"]): ChartMark[] {
  const sign = direction === "MAXIMIZE" ? -1 : 1;
  const best = new Map<string, ChartMark>();
  for (const mark of marks) {
    if (mark.mean === null || mark.diverged > 0) continue;
    const key = jsonKey([mark.series, mark.facet]);
    const rival = best.get(key);
    if (!rival || sign * mark.mean < sign * (rival.mean ?? Number.POSITIVE_INFINITY)) best.set(key, mark);
  }
  const chosenMarks = new Set(best.values());
  return marks.map((mark) => (chosenMarks.has(mark) ? { ...mark, best: true } : mark));
}

function guidesOf(
  rows: readonly GroupRow[],
  { channels, paramsSchema }: ModelRequest,
  exponentOf: (color: unknown, facet: unknown) => number | null,
): ChartGuide[] {
  const groups = new Map<string, GroupRow[]>();
  for (const row of rows) {
    if (typeof row.x !== "number" || row.mean === null || row.mean <= 0) continue;
    const key = jsonKey([row.color, row.facet]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    const exponent = first ? exponentOf(first.color, first.facet) : null;
    if (!first || exponent === null || members.length < 2) return [];
    const xs = members.map(({ x }) => Number(x));
    const logX = mean(xs.map(Math.log));
    const logY = mean(members.map((row) => Math.log(row.mean ?? 1)));
    const at = (x: number) => ({ x, y: Math.exp(logY + exponent * (Math.log(x) - logX)) });
    return [
      {
        series: seriesName(channels.color, first.color),
        facet: facetName(paramsSchema, channels.facet, first.facet),
        points: [at(Math.min(...xs)), at(Math.max(...xs))],
      },
    ];
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A series without a colour param has no name. */
function seriesName(param: string | null, value: unknown): string {
  return param === null ? "" : (spellValue(param, value) ?? formatParam(value));
}

function facetName(paramsSchema: unknown, param: string | null, value: unknown): string {
  if (param === null) return "";
  return spellValue(param, value) ?? `${paramTitle(paramsSchema, param).title} ${formatParam(value)}`;
}

/** The values of a param as the study lists them; those of a param that is no axis as they come. Held at one value, only that one. */
function inOrder({ axes, fixed }: ModelRequest, param: string | null, found: readonly unknown[]): unknown[] {
  const axis = param === null || param in fixed ? undefined : axes.find((one) => one.param === param);
  return distinct(axis ? [...axis.values, ...found] : found);
}
