import * as Plot from "@observablehq/plot";
import { formatParam, formatTick, formatValue } from "../format/number.ts";
import { allDiverged, type ChartMark, type ChartModel, reservations } from "./chart-model.ts";
import { chartStyle } from "./chart-style.ts";
import { padded, ticksOf } from "./ticks.ts";
import { runsOff, valueDomain } from "./value-domain.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels of a horizontal axis for each round value, so that labels keep apart on a telephone. */
const tickRoom = 90;

/**
 * Draws one panel with Observable Plot: lines of means, 95 % intervals, rings round the best, dashed predictions, and a cross at the top edge
 * where every trial diverged, with a wider ring in ink round the selected mark. Colours are custom properties, so the theme may change under the drawing.
 */
export function drawMetric(
  model: ChartModel,
  facet: string,
  { width, height }: Size,
  selected: ChartMark | null = null,
) {
  const marks = model.marks.filter((mark) => mark.facet === facet);
  const drawn = marks.filter((mark) => mark.mean !== null && (model.yScale === "linear" || mark.mean > 0));
  const lost = marks.filter(allDiverged);
  const yDomain = valueDomain(marks.length > 0 ? model.marks : [], model.yScale);
  const top = yDomain[1];
  const color = new Map(model.series.map((series) => [series.name, series.color]));
  const clampLow = (mark: ChartMark) => Math.max(mark.low ?? mark.mean ?? 0, yDomain[0]);
  const clampHigh = (mark: ChartMark) => Math.min(mark.high ?? mark.mean ?? 0, top);
  const common = { x: "x", stroke: "series" } as const;
  const hollow = { ...common, y: "mean", fill: "var(--ground-raised)", symbol: "series" } as const;
  const symbol = new Map(model.series.map((series) => [series.name, series.symbol]));

  return Plot.plot({
    width,
    height,
    marginLeft: 62,
    marginBottom: 44,
    marginTop: 34,
    marginRight: 18,
    style: chartStyle,
    x: {
      type: model.xScale,
      label: null,
      // Given, because Plot sorts names by their letters.
      ...(model.xScale === "point" ? { padding: 0.5, domain: model.xNames ?? [] } : { domain: xDomain(model) }),
    },
    y: { type: model.yScale, domain: yDomain, label: null },
    color: { type: "ordinal", domain: [...color.keys()], range: [...color.values()] },
    symbol: {
      type: "ordinal",
      domain: [...symbol.keys()],
      range: [...symbol.values()] as Plot.ScaleOptions["range"] & string[],
    },
    marks: [
      // `text`, not `tickFormat`: on a log scale Plot lets d3 drop every label whose leading digit is large.
      Plot.gridY(yTicks(model, yDomain), { stroke: "var(--chart-grid)", strokeOpacity: 1 }),
      Plot.axisY(yTicks(model, yDomain), {
        tickSize: 0,
        text: formatTick,
        tickPadding: 8,
      }),
      xAxis(model, width),
      Plot.text([model.yLabel], {
        frameAnchor: "top-left",
        dx: -58,
        dy: -30,
        text: (label: string) => `↑ ${label}`,
        fill: "var(--ink-soft)",
        textAnchor: "start",
        lineAnchor: "top",
      }),
      Plot.text([model.xLabel], {
        frameAnchor: "bottom-right",
        dy: 40,
        text: (label: string) => `${label} →`,
        fill: "var(--ink-soft)",
        textAnchor: "end",
        lineAnchor: "bottom",
      }),
      model.guides
        .filter((guide) => guide.facet === facet)
        .map((guide) =>
          Plot.line(guide.points, {
            x: "x",
            y: "y",
            stroke: color.get(guide.series) ?? "currentColor",
            strokeDasharray: "3 5",
            strokeOpacity: 0.8,
            clip: true,
          }),
        ),
      Plot.line(drawn, { ...common, y: "mean", strokeWidth: 2, strokeLinejoin: "round", z: "series" }),
      model.series.map(({ name }, at) => {
        const dx = asideOf(at, model.series.length);
        const intervals = drawn.filter((mark) => mark.series === name && mark.low !== null && mark.high !== null);
        const arrow = { x: "x", fill: "series", symbol: "triangle", r: 2.75, dx } as const;
        return [
          Plot.ruleX(intervals, { ...common, y1: clampLow, y2: clampHigh, strokeWidth: 1.5, dx }),
          Plot.dot(
            intervals.filter((mark) => runsOff(mark, yDomain).below),
            { ...arrow, y: () => yDomain[0], rotate: 180 },
          ),
          Plot.dot(
            intervals.filter((mark) => runsOff(mark, yDomain).above),
            { ...arrow, y: () => top },
          ),
        ];
      }),
      Plot.dot(
        drawn.filter((mark) => mark.best),
        { ...common, y: "mean", r: 8, strokeWidth: 1.5, symbol: "circle" },
      ),
      Plot.dot(
        drawn.filter((mark) => mark.diverged === 0 && mark.unfinished === null),
        { ...common, y: "mean", fill: "series", r: 3.75, symbol: "series" },
      ),
      Plot.dot(
        drawn.filter((mark) => mark.diverged > 0 && mark.unfinished === null),
        { ...hollow, r: 3.75, strokeWidth: 1.75 },
      ),
      Plot.dot(
        drawn.filter((mark) => mark.unfinished !== null),
        { ...hollow, r: 4.75, strokeWidth: 1.5, strokeDasharray: "2.5 2" },
      ),
      Plot.dot(lost, { ...common, y: () => top, symbol: "times", r: 4, strokeWidth: 2, dy: -6 }),
      Plot.dot(selected && (drawn.includes(selected) || lost.includes(selected)) ? [selected] : [], {
        x: "x",
        y: (mark: ChartMark) => mark.mean ?? top,
        dy: selected && allDiverged(selected) ? -6 : 0,
        r: 11,
        symbol: "circle",
        stroke: "var(--ink)",
        strokeWidth: 2,
      }),
      Plot.tip(
        marks.map((mark) => ({ ...mark, at: mark.mean ?? top })),
        Plot.pointer({
          x: "x",
          y: "at",
          title: (mark: ChartMark) => tipOf(mark, model),
          stroke: "var(--line-strong)",
          fill: "var(--ground-raised)",
          textPadding: 10,
          pointerSize: 8,
          fontSize: 12.5,
          lineHeight: 1.35,
        }),
      ),
    ],
  });
}

/** How far a series' intervals stand aside of their marks, in pixels: at one x those of several series would hide one another. */
function asideOf(at: number, count: number): number {
  return count < 2 ? 0 : (at - (count - 1) / 2) * Math.min(2.5, 10 / (count - 1));
}

function tipOf(mark: ChartMark, model: ChartModel): string {
  const interval =
    mark.low !== null && mark.high !== null ? `95 %: ${formatValue(mark.low)} to ${formatValue(mark.high)}` : "";
  const trials = `${mark.count} ${mark.count === 1 ? "trial" : "trials"}${mark.diverged > 0 ? `, ${mark.diverged} diverged` : ""}`;
  const head = [mark.series, formatParam(mark.x)].filter(Boolean).join(" · ");
  const value = allDiverged(mark) ? "all diverged" : `${model.yLabel}: ${formatValue(mark.mean)}`;
  return [head, value, interval, mark.note, ...reservations(mark).map(asLine), trials].filter(Boolean).join("\n");
}

function asLine(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The values that were tried, where they are few; else round ones. Names stand as they are. */
function xAxis(model: ChartModel, width: number) {
  const look = { tickSize: 5, label: null };
  if (model.xScale === "point") return Plot.axisX({ ...look, text: formatParam });
  if (model.xTicks) return Plot.axisX([...model.xTicks], { ...look, text: formatParam });
  const ticks = ticksOf(...xDomain(model), model.xScale, Math.min(6, Math.floor(width / tickRoom)));
  return Plot.axisX(ticks, { ...look, text: formatTick });
}

function xDomain(model: ChartModel): [number, number] {
  const [low, high] = model.xDomain ?? [0, 1];
  return padded(low, high, model.xScale === "log" ? "log" : "linear", 0.05);
}

function yTicks(model: ChartModel, domain: readonly [number, number]): number[] {
  return ticksOf(domain[0], domain[1], model.yScale, 6);
}
