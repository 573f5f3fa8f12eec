import type { ValueStyle } from "./value-style.ts";

/** One line of a chart that the server draws: means with their intervals, in order of x. */
export interface StaticSeries extends ValueStyle {
  readonly name: string;
  readonly points: readonly {
    readonly x: number;
    readonly mean: number;
    readonly low: number;
    readonly high: number;
  }[];
}
