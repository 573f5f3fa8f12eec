import type { HomeQuery } from "@widefield/graphql/documents";
import type { GroupRow } from "../chart/group-row.ts";
import { spellValue } from "../chart/param-title.ts";
import type { StaticSeries } from "../chart/static-chart.tsx";
import { formatParam } from "../format/number.ts";

export type HomeStudy = HomeQuery["studies"]["nodes"][number];

/** Series of a static chart: one per colour, points with a mean and in order of x. A point without an interval stands for itself. */
export function staticSeries(rows: readonly GroupRow[], colorParam: string | null): StaticSeries[] {
  const series = new Map<string, { x: number; mean: number; low: number; high: number }[]>();
  for (const { x, color, mean, low, high } of rows) {
    if (typeof x !== "number" || mean === null) continue;
    const name = colorParam === null ? "" : (spellValue(colorParam, color) ?? formatParam(color));
    const points = series.get(name) ?? [];
    points.push({ x, mean, low: low ?? mean, high: high ?? mean });
    series.set(name, points);
  }
  return [...series].map(([name, points]) => ({ name, points: points.sort((a, b) => a.x - b.x) }));
}
