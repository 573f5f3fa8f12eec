import * as Plot from "@observablehq/plot";
import { formatCount, formatTick, formatValue } from "../format/number.ts";
import { chartStyle } from "./chart-style.ts";
import { curveBreak, curveSpan } from "./curve-span.ts";
import { padded, type ScaleKind, suitsLog, ticksOf } from "./ticks.ts";

export interface CurveLine {
  /** Tells lines apart, whatever their names. */
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
  /** The step at which the trial diverged: the line ends in a cross. */
  readonly divergedAtStep: number | null;
  /** In pixels, 1.75 if left out. */
  readonly width?: number;
  /** As SVG's stroke-dasharray; an unbroken line if left out. */
  readonly dash?: string;
}

interface CurveOptions {
  readonly width: number;
  readonly height: number;
  readonly yLabel: string;
  readonly yScale: ScaleKind;
}

/** Draws learning curves against the number of training steps. */
export function drawCurves(lines: readonly CurveLine[], { width, height, yLabel, yScale }: CurveOptions) {
  const points = lines.flatMap((line) =>
    line.steps.map((step, at) => ({
      id: line.id,
      name: line.name,
      color: line.color,
      step,
      value: line.values[at] ?? Number.NaN,
    })),
  );
  const span = curveSpan(lines);
  const values = points.map(({ value }) => value);
  const kind = yScale === "log" && suitsLog(values) ? "log" : "linear";
  const domain = padded(Math.min(...values), Math.max(...values), kind);
  const breaks = lines.flatMap(({ color, ...line }) => {
    const broken = curveBreak(line);
    return broken ? [{ ...broken, color, name: line.name }] : [];
  });
  const said = [
    ...points.map(({ name, step, value }) => ({ step, value, words: `${name}\nstep ${step}: ${formatValue(value)}` })),
    ...breaks.map(({ name, to, value }) => ({ step: to, value, words: `${name}\ndiverged at step ${to}` })),
  ];
  return Plot.plot({
    width,
    height,
    marginLeft: 62,
    marginBottom: 44,
    marginTop: 34,
    marginRight: 18,
    style: chartStyle,
    x: { label: null, domain: span },
    y: { type: kind, domain, label: null },
    marks: [
      Plot.gridY(ticksOf(...domain, kind), { stroke: "var(--chart-grid)", strokeOpacity: 1 }),
      Plot.axisY(ticksOf(...domain, kind), {
        tickSize: 0,
        tickPadding: 8,
        text: formatTick,
      }),
      Plot.axisX(ticksOf(...span, "linear").filter(Number.isInteger), {
        tickSize: 5,
        label: null,
        text: (step: number) => formatCount(step),
      }),
      Plot.text([`↑ ${yLabel}`], {
        frameAnchor: "top-left",
        dx: -58,
        dy: -30,
        fill: "var(--ink-soft)",
        textAnchor: "start",
        lineAnchor: "top",
      }),
      Plot.text(["Training steps →"], {
        frameAnchor: "bottom-right",
        dy: 40,
        fill: "var(--ink-soft)",
        textAnchor: "end",
        lineAnchor: "bottom",
      }),
      ...lines.map(({ id, color, width: strokeWidth = 1.75, dash }) =>
        Plot.line(
          points.filter((point) => point.id === id),
          { x: "step", y: "value", stroke: color, strokeWidth, ...(dash && { strokeDasharray: dash }) },
        ),
      ),
      Plot.link(breaks, {
        x1: "from",
        x2: "to",
        y: "value",
        stroke: (end) => end.color,
        strokeWidth: 1.5,
        strokeDasharray: "1 5",
        strokeLinecap: "round",
      }),
      Plot.dot(breaks, { x: "to", y: "value", symbol: "times", r: 5, strokeWidth: 2, stroke: (end) => end.color }),
      Plot.tip(
        said,
        Plot.pointer({
          x: "step",
          y: "value",
          title: "words",
          stroke: "var(--line-strong)",
          fill: "var(--ground-raised)",
          textPadding: 10,
          fontSize: 12.5,
          lineHeight: 1.35,
        }),
      ),
    ],
  });
}
