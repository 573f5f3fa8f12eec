import { jsonKey } from "./json-key.ts";
import type { LadderEnd } from "./ladder.ts";
import type { ScaleKind } from "./ticks.ts";
import type { ValueStyle } from "./value-style.ts";

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
  /** The places of a `point` scale in the study's order, whatever has arrived; null for numbers. */
  readonly xNames: readonly (number | string)[] | null;
  readonly series: readonly ChartSeries[];
  readonly facets: readonly string[];
  /** In order of x, so that a line runs along its axis. */
  readonly marks: readonly ChartMark[];
  readonly guides: readonly ChartGuide[];
  /** The title of the tuned param within a sentence, for the legend; null where none is tuned. */
  readonly tuned: string | null;
}

export interface ChartSeries extends ValueStyle {
  readonly name: string;
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
  /** What is said of a best while other values of the tuned param are missing: "2 of 7 values so far"; null once it is final. */
  readonly unfinished: string | null;
  /** The end of the tuned ladder at which a best lies. */
  readonly end: LadderEnd | null;
  /** The value of the tuned param: "learning rate 0.5"; empty where none is tuned. */
  readonly note: string;
  /** The params that lead back to the results behind the mark. */
  readonly select: Readonly<Record<string, unknown>>;
}

/** Whether a mark stands for exactly what is selected: not for some of it, nor for more. */
export function isSelected(mark: Pick<ChartMark, "select">, selected: ChartMark["select"] | null): boolean {
  return selected !== null && jsonKey(mark.select) === jsonKey(selected);
}

/** What is to be said of a best besides its value, line by line. */
export function reservations({ unfinished, end }: Pick<ChartMark, "unfinished" | "end">): string[] {
  return [
    ...(unfinished === null ? [] : [unfinished]),
    ...(end === null ? [] : [`the ${end} tried: the true best may lie beyond`]),
  ];
}

/** A mark stands for something: a mean, or trials that all diverged. A metric that none of them has is neither. */
export function isReported(mark: Pick<ChartMark, "mean" | "count" | "diverged">): boolean {
  return mark.mean !== null || allDiverged(mark);
}

export function allDiverged({ mean, count, diverged }: Pick<ChartMark, "mean" | "count" | "diverged">): boolean {
  return mean === null && count > 0 && diverged === count;
}

/** A dashed line of a predicted power law, drawn through the middle of its series. */
export interface ChartGuide {
  readonly series: string;
  readonly facet: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}
