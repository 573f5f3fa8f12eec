import { StudyGroupsDocument } from "@widefield/graphql/documents";
import { query } from "../api/query.ts";
import { commonSlope, type Slope } from "../chart/common-slope.ts";
import { jsonKey, paramAt } from "../chart/json-key.ts";
import type { Subject } from "../chart/view.ts";

/** Above so many cells the page does not measure exponents: one query would group a very large study. */
const mostCells = 4000;

/** Fits, for a theory group and a metric, one power of the width with a constant for every other setting; null where it cannot. */
export async function measuredSlopes(
  slug: string,
  subject: Subject,
  width: string,
): Promise<(key: unknown, metric: string) => Slope | null> {
  const metrics = [...subject.predicted];
  const params = subject.axes.map(({ param }) => param);
  const cells = subject.axes.reduce((product, { values }) => product * Math.max(1, values.length), 1);
  if (metrics.length === 0 || !params.includes(width) || cells > mostCells) return () => null;
  const data = await query(StudyGroupsDocument, { slug, groupBy: params, metrics });
  const groups = data.study?.resultGroups ?? [];
  return (key, metric) => {
    // A param that the study does not vary is in the key, but not in the groups.
    const keyParams = Object.keys(key !== null && typeof key === "object" ? key : {}).filter((param) =>
      params.includes(param),
    );
    const points = groups.flatMap((group) => {
      const mine = keyParams.every((param) => jsonKey(paramAt(group.key, param)) === jsonKey(paramAt(key, param)));
      const n = paramAt(group.key, width);
      const mean = group.statistics.find((statistics) => statistics.metric === metric)?.mean ?? null;
      if (!mine || group.diverged > 0 || typeof n !== "number" || mean === null) return [];
      const level = jsonKey(params.filter((param) => param !== width).map((param) => paramAt(group.key, param)));
      return [{ level, n, value: mean }];
    });
    return commonSlope(points);
  };
}
