import { formatParam } from "../format/number.ts";
import { type ChartGuide, type ChartMark, type ChartModel, isReported } from "./chart-model.ts";
import type { Channels, GroupRow } from "./group-row.ts";
import { jsonKey } from "./json-key.ts";
import { type Ladder, ladderEnd, missingInWords } from "./ladder.ts";
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
  /** Of the tuned param, whether it is the x axis or the best over it is drawn; null where none is tuned. */
  readonly ladder?: Ladder | null;
  /** Ring the best mark of every series. */
  readonly ringBest?: boolean;
  /** Predicted exponent of x for a series of a panel, or null. */
  readonly exponentOf?: (color: unknown, facet: unknown) => number | null;
}

/** Rows of grouped results as a chart, with the scales that suit them. */
export function buildModel(request: ModelRequest): ChartModel {
  const { rows, metric, metrics, paramsSchema, channels } = request;
  const declared = metricNamed(metrics, metric);
  const tunedParam = channels.tune ?? (request.ringBest ? channels.x : null);
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
  const places = new Map(xs.map((value, at) => [jsonKey(value), at]));
  const placeOf = (row: GroupRow) => places.get(jsonKey(row.x)) ?? xs.length;
  const reported = rows.filter(isReported).sort((a, b) => placeOf(a) - placeOf(b));
  const best = new Set(request.ringBest ? bestOfLines(reported, declared?.direction ?? "NONE") : []);
  const marks = reported.map((row): ChartMark => {
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
      x: placeName(channels.x, row.x),
      series: seriesName(channels.color, row.color),
      facet: facetName(paramsSchema, channels.facet, row.facet),
      mean: row.mean,
      low: row.low,
      high: row.high,
      count: row.count,
      diverged: row.diverged,
      best: best.has(row),
      ...judged(row, best.has(row), request),
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
    xNames: numericX ? null : xs.map((value) => placeName(channels.x, value)),
    series: colors.map((color) => ({ name: seriesName(channels.color, color), ...styleOf(color) })),
    facets: inOrder(
      request,
      channels.facet,
      rows.map(({ facet }) => facet),
    ).map((facet) => facetName(paramsSchema, channels.facet, facet)),
    marks,
    guides:
      request.exponentOf && xScale === "log" && yScale === "log" ? guidesOf(rows, request, request.exponentOf) : [],
    tuned: tunedParam === null ? null : inSentence(paramTitle(paramsSchema, tunedParam).title),
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

/** What a best leaves open: of a row chosen over the tuned param, or of the ringed one of a line along it. */
function judged(
  row: GroupRow,
  isBest: boolean,
  { rows, channels, ladder }: ModelRequest,
): Pick<ChartMark, "unfinished" | "end"> {
  if (!ladder || (channels.tune === null && !isBest)) return { unfinished: null, end: null };
  const ofLine = jsonKey([row.color, row.facet]);
  const tried =
    channels.tune === null ? rows.filter(({ color, facet }) => jsonKey([color, facet]) === ofLine).length : row.tried;
  const value = channels.tune === null ? row.x : row.tune;
  // Where all diverged, the value stands for the others: it is no best that could lie beyond.
  return { unfinished: missingInWords(ladder, tried), end: row.mean === null ? null : ladderEnd(ladder, value) };
}

function bestOfLines(rows: readonly GroupRow[], direction: MetricFigures["direction"]): GroupRow[] {
  const sign = direction === "MAXIMIZE" ? -1 : 1;
  const best = new Map<string, GroupRow>();
  for (const row of rows) {
    if (row.mean === null || row.diverged > 0) continue;
    const key = jsonKey([row.color, row.facet]);
    const rival = best.get(key);
    if (!rival || sign * row.mean < sign * (rival.mean ?? Number.POSITIVE_INFINITY)) best.set(key, row);
  }
  return [...best.values()];
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

function placeName(param: string, value: unknown): number | string {
  return typeof value === "number" ? value : (spellValue(param, value) ?? formatParam(value));
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
