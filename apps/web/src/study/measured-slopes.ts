import { StudyGroupsDocument } from "@widefield/graphql/documents";
import { query } from "../api/query.ts";
import type { Slope } from "../chart/common-slope.ts";
import type { Subject } from "../chart/view.ts";
import { slopeOver } from "./slope-over.ts";
import { mostParams } from "./theory-grouping.ts";

/** Above so many cells the page does not measure exponents: one query would group a very large study. */
const mostCells = 4000;

/** The measured power of a metric over the trials of these theory groups; null where it cannot be fitted. */
export type MeasuredSlope = (keys: readonly unknown[], metric: string) => Slope | null;

/** Asks for all cells of a study, once; see `slopeOver`. */
export async function measuredSlopes(slug: string, subject: Subject, width: string): Promise<MeasuredSlope> {
  const metrics = [...subject.predicted];
  const params = subject.axes.map(({ param }) => param);
  const cells = subject.axes.reduce((product, { values }) => product * Math.max(1, values.length), 1);
  const asked = metrics.length > 0 && params.includes(width) && params.length <= mostParams && cells <= mostCells;
  if (!asked) return () => null;
  const data = await query(StudyGroupsDocument, { slug, groupBy: params, metrics });
  const groups = data.study?.resultGroups ?? [];
  return (keys, metric) => slopeOver(groups, { keys, metric, params, width });
}
