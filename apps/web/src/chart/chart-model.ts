import type { ScaleKind } from "./ticks.ts";

/** Everything that a chart draws, as plain data: the server makes it, the browser draws it, the table lists it. */
export interface ChartModel {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** `point`: values without an order of size, set side by side. */
  readonly xScale: ScaleKind | "point";
  readonly yScale: ScaleKind;
  readonly xTicks: readonly number[] | null;
  /** From the smallest to the largest value that the study asks for; null for names. */
  readonly xDomain: readonly [number, number] | null;
  readonly series: readonly ChartSeries[];
  readonly facets: readonly string[];
  readonly marks: readonly ChartMark[];
  readonly guides: readonly ChartGuide[];
}

export interface ChartSeries {
  readonly name: string;
  /** A CSS colour, by custom property, so that the theme may change under a drawn chart. */
  readonly color: string;
  readonly symbol: string;
}

export interface ChartMark {
  readonly x: number | string;
  readonly series: string;
  readonly facet: string;
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly count: number;
  readonly diverged: number;
  /** Ringed: the best of its series. */
  readonly best: boolean;
  /** A line more for the tip: "learning rate 0.5". */
  readonly note: string;
  /** The params that lead back to the results behind the mark. */
  readonly select: Readonly<Record<string, unknown>>;
}

/** A dashed line of a predicted power law, drawn through the middle of its series. */
export interface ChartGuide {
  readonly series: string;
  readonly facet: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

const symbols = ["circle", "square", "triangle", "diamond", "star", "wye", "hexagon", "cross"] as const;

/** Colours and shapes for names without an order. */
export function categories(names: readonly string[]): ChartSeries[] {
  return names.map((name, at) => ({
    name,
    color: `var(--chart-${(at % 8) + 1})`,
    symbol: symbols[at % symbols.length] ?? "circle",
  }));
}

/** Colours from small to large for names in order. */
export function ramp(names: readonly string[]): ChartSeries[] {
  return names.map((name, at) => ({
    name,
    color: `var(--ramp-${names.length === 1 ? 4 : 1 + Math.round((5 * at) / (names.length - 1))})`,
    symbol: symbols[at % symbols.length] ?? "circle",
  }));
}
