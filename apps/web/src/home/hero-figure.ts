import type { HomeQuery } from "@widefield/graphql/documents";
import type { GroupRow } from "../chart/group-row.ts";
import { spellValue } from "../chart/param-title.ts";
import type { StaticSeries } from "../chart/static-series.ts";
import { type ValuePlaces, type ValueStyle, valueStyles } from "../chart/value-style.ts";
import { formatParam } from "../format/number.ts";

/** A study that may give the home page its figure. */
export type HomeStudy = HomeQuery["candidates"]["nodes"][number];

type StaticPoint = StaticSeries["points"][number];

/** Series of a static chart: one per colour, points with a mean and in order of x. A point without an interval stands for itself. */
export function staticSeries(
  rows: readonly GroupRow[],
  colorParam: string | null,
  places: ValuePlaces,
): StaticSeries[] {
  const styleOf = valueStyles(
    colorParam,
    places,
    rows.map(({ color }) => color),
  );
  const series = new Map<string, ValueStyle & { readonly points: StaticPoint[] }>();
  for (const { x, color, mean, low, high } of rows) {
    if (typeof x !== "number" || mean === null) continue;
    const name = colorParam === null ? "" : (spellValue(colorParam, color) ?? formatParam(color));
    const one = series.get(name) ?? { ...styleOf(color), points: [] };
    one.points.push({ x, mean, low: low ?? mean, high: high ?? mean });
    series.set(name, one);
  }
  return [...series].map(([name, one]) => ({ name, ...one, points: one.points.sort((a, b) => a.x - b.x) }));
}
