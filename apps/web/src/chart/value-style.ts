import { jsonKey } from "./json-key.ts";
import { paramOptions } from "./param-title.ts";
import type { Axis } from "./view.ts";

/** How a value of a param looks, in every figure. */
export interface ValueStyle {
  /** A CSS colour, by custom property, so that the theme may change under a drawn chart. */
  readonly color: string;
  readonly symbol: ChartSymbol;
}

const symbols = ["circle", "square", "triangle", "diamond", "star", "wye", "hexagon", "cross"] as const;

export type ChartSymbol = (typeof symbols)[number];

/** Custom properties of the theme: `--chart-1` to `--chart-8`, `--ramp-1` to `--ramp-6`. */
const categoryCount = 8;
const rampCount = 6;

/** What gives a param's values their places: its declared options and the study's axes, whatever has arrived or is shown. */
export interface ValuePlaces {
  readonly paramsSchema: unknown;
  readonly axes: readonly Axis[];
}

/**
 * The looks of a param's values. Names have a colour each, by the order of the options that the experiment declares, so that μP
 * looks the same in all studies; where it declares none, and for seeds, by the order of the study's axis. Numbers run from the
 * smallest to the largest of the axis. Values that neither knows come after, as they are `found`.
 */
export function valueStyles(
  param: string | null,
  { paramsSchema, axes }: ValuePlaces,
  found: readonly unknown[],
): (value: unknown) => ValueStyle {
  if (param === null) return () => categoryStyle(0);
  const axis = axes.find((one) => one.param === param)?.values ?? [];
  const options = paramOptions(paramsSchema, param);
  const values = distinct([...(options.length <= categoryCount ? options : []), ...axis, ...found]);
  const isRamp = param !== "seed" && values.every((value) => typeof value === "number");
  const places = new Map(values.map((value, at) => [jsonKey(value), at]));
  return (value) => {
    const at = places.get(jsonKey(value)) ?? values.length;
    return isRamp ? rampStyle(at, values.length) : categoryStyle(at);
  };
}

/** The look of something that has a place but no order: one of several replicas. */
export function categoryStyle(at: number): ValueStyle {
  return { color: `var(--chart-${(at % categoryCount) + 1})`, symbol: symbolAt(at) };
}

function rampStyle(at: number, count: number): ValueStyle {
  const step = count === 1 ? 4 : 1 + Math.round(((rampCount - 1) * at) / (count - 1));
  return { color: `var(--ramp-${Math.min(step, rampCount)})`, symbol: symbolAt(at) };
}

function symbolAt(at: number): ChartSymbol {
  return symbols[at % symbols.length] ?? "circle";
}

/** Each value once: numbers in order, others as they come. */
export function distinct(values: readonly unknown[]): unknown[] {
  const found = [...new Map(values.map((value) => [jsonKey(value), value])).values()];
  return found.every((value) => typeof value === "number") ? found.sort((a, b) => Number(a) - Number(b)) : found;
}
