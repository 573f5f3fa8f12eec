import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import type { ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import { Prisma } from "@widefield/prisma/client";
import type { Database } from "@widefield/prisma/open-database";
import { badUserInput } from "../failure/bad-user-input.ts";
import { boundedRead } from "../relay/bounded-read.ts";
import { whereAll } from "../relay/keyset.ts";
import { checkMetricName } from "./metric-name.ts";
import { paramSql, parseParamPath } from "./param-path.ts";
import type { ResultListing } from "./result-listing.ts";

/** Groups that one answer may have, all studies that it is asked of together; more is a table, not a plot. */
export const maxGroups = 10_000;

export interface ResultGroup {
  /** The groupBy params and their values. */
  readonly key: Readonly<Record<string, unknown>>;
  readonly count: number;
  readonly diverged: number;
  readonly statistics: readonly MetricStatistics[];
}

/** Over those results of a group that succeeded: what a run was worth just before it burst is no measurement. Sealed ones count for nothing here. */
export interface MetricStatistics {
  readonly metric: string;
  readonly count: number;
  readonly mean: number | null;
  /** Of the sample (n − 1 below the line); null below two values. */
  readonly standardDeviation: number | null;
  /** Student's 95 % interval of the mean; null below two values. */
  readonly confidenceLow: number | null;
  readonly confidenceHigh: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

interface GroupRow {
  /** The study; empty over all. */
  readonly parent: string;
  readonly key: readonly unknown[];
  readonly count: number;
  readonly diverged: number;
  readonly statistics: readonly SampleRow[] | null;
}

interface SampleRow {
  readonly metric: string;
  readonly count: number;
  readonly mean: number | null;
  readonly sd: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** How results are grouped, and what is summarised of each group. */
export interface Grouping {
  /** Dotted paths, or `seed`; empty: one group of everything. */
  readonly groupBy: readonly string[];
  readonly metrics: readonly string[];
}

/**
 * Groups a listing by params and summarises metrics, all in one statement. Groups come ordered by key, numbers as numbers.
 * @throws GraphQLError (BAD_USER_INPUT)
 */
export async function groupResults(
  database: Database,
  listing: ResultListing,
  grouping: Grouping,
): Promise<ResultGroup[]> {
  checkGrouping(grouping, listing.definition);
  const chosen = Prisma.sql`SELECT ''::text AS parent, c.* FROM (${chosenSql(listing, grouping)}) c`;
  const groups = await readGroups(database, chosen, grouping);
  return groups.get("") ?? [];
}

/**
 * The same for the listings of several studies, in one statement; in the order of the studies.
 * @param listingOf the listing of a study, whose id it gets as SQL.
 * @throws GraphQLError (BAD_USER_INPUT) when all of them together have too many groups.
 */
export async function groupResultsOfStudies(
  database: Database,
  studyIds: readonly string[],
  listingOf: (studyId: Prisma.Sql) => ResultListing,
  grouping: Grouping,
): Promise<ResultGroup[][]> {
  const chosen = Prisma.sql`
    SELECT parent.id::text AS parent, c.* FROM unnest(${[...studyIds]}::uuid[]) AS parent(id)
    CROSS JOIN LATERAL (${chosenSql(listingOf(Prisma.sql`parent.id`), grouping)}) c`;
  const groups = await readGroups(database, chosen, grouping);
  return studyIds.map((id) => groups.get(id) ?? []);
}

/** @throws GraphQLError (BAD_USER_INPUT) for names that the experiment does not know, or too many. */
export function checkGrouping({ groupBy, metrics }: Grouping, definition: ExperimentDefinition | null): void {
  if (groupBy.length > 8) throw badUserInput("Group by 8 params at most.");
  if (metrics.length > 50) throw badUserInput("Ask for 50 metrics at most.");
  for (const metric of metrics) checkMetricName(metric, definition);
  for (const param of groupBy) parseParamPath(param, definition);
}

function chosenSql({ from, where, unsealed }: ResultListing, { groupBy }: Grouping): Prisma.Sql {
  const keys = groupBy.map((param) => paramSql(parseParamPath(param, null)));
  return Prisma.sql`
    SELECT r.id, r.outcome, r.outcome = 'SUCCEEDED' AND ${unsealed} AS measured,
      jsonb_build_array(${keys.length ? Prisma.join(keys) : Prisma.empty}) AS key
    FROM ${from} ${whereAll(where)}`;
}

async function readGroups(
  database: Database,
  chosen: Prisma.Sql,
  { groupBy, metrics }: Grouping,
): Promise<ReadonlyMap<string, ResultGroup[]>> {
  const statement = Prisma.sql`
    WITH chosen AS MATERIALIZED (${chosen}), sizes AS (
      SELECT parent, key, count(*)::int AS count, count(*) FILTER (WHERE outcome = 'DIVERGED')::int AS diverged
      FROM chosen GROUP BY parent, key ORDER BY parent, key LIMIT ${maxGroups + 1}::int
    ), samples AS (
      SELECT c.parent, c.key, m.metric, count(m.value)::int AS count, avg(m.value) AS mean, stddev_samp(m.value) AS sd,
        min(m.value) AS min, max(m.value) AS max
      FROM chosen c JOIN measurements m ON m.result_id = c.id AND m.metric = ANY(${[...metrics]}::text[])
      WHERE c.measured
      GROUP BY c.parent, c.key, m.metric
    ), statistics AS MATERIALIZED (
      SELECT parent, key, jsonb_agg(to_jsonb(samples) - 'key' - 'parent') AS statistics FROM samples GROUP BY parent, key
    )
    SELECT parent, key, count, diverged, statistics FROM sizes LEFT JOIN statistics USING (parent, key) ORDER BY parent, key`;
  const rows = await boundedRead<GroupRow>(database, statement);
  if (rows.length > maxGroups) {
    throw badUserInput(`This makes more than ${maxGroups} groups. Group by fewer params, or filter.`);
  }
  const groups = new Map<string, ResultGroup[]>();
  for (const row of rows) {
    const group = {
      key: Object.fromEntries(groupBy.map((param, index) => [param, row.key[index] ?? null])),
      count: row.count,
      diverged: row.diverged,
      statistics: metrics.map((metric) =>
        summary(
          metric,
          row.statistics?.find((sample) => sample.metric === metric),
        ),
      ),
    };
    const others = groups.get(row.parent);
    if (others) others.push(group);
    else groups.set(row.parent, [group]);
  }
  return groups;
}

function summary(metric: string, sample: SampleRow | undefined): MetricStatistics {
  const { count = 0, mean = null, sd = null, min = null, max = null } = sample ?? {};
  const margin = halfWidth(count, sd);
  return {
    metric,
    count,
    mean,
    standardDeviation: count < 2 ? null : sd,
    confidenceLow: mean === null || margin === null ? null : mean - margin,
    confidenceHigh: mean === null || margin === null ? null : mean + margin,
    min,
    max,
  };
}

/** t(0.975; n − 1) · s / √n: half of Student's 95 % interval of a mean. */
function halfWidth(count: number, sd: number | null): number | null {
  return count < 2 || sd === null ? null : (tQuantile(0.975, count - 1) * sd) / Math.sqrt(count);
}
