import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import { Prisma } from "@widefield/prisma/client";
import type { Database } from "@widefield/prisma/open-database";
import { badUserInput } from "../failure/bad-user-input.ts";
import { whereAll } from "../relay/keyset.ts";
import { checkMetricName } from "./metric-name.ts";
import { paramSql, parseParamPath } from "./param-path.ts";
import type { ResultListing } from "./result-listing.ts";

/** Groups that one answer may have; more is a table, not a plot. */
export const maxGroups = 10_000;

export interface ResultGroup {
  /** The groupBy params and their values. */
  readonly key: Readonly<Record<string, unknown>>;
  readonly count: number;
  readonly diverged: number;
  readonly statistics: readonly MetricStatistics[];
}

/** Over the finite values of a group. */
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

/**
 * Groups a listing by params and summarises metrics, all in one statement. Groups come ordered by key, numbers as numbers.
 * @param groupBy dotted paths, or `seed`; empty: one group of everything.
 * @throws GraphQLError (BAD_USER_INPUT)
 */
export async function groupResults(
  { pool }: Database,
  listing: ResultListing,
  groupBy: readonly string[],
  metrics: readonly string[],
): Promise<ResultGroup[]> {
  if (groupBy.length > 8) throw badUserInput("Group by 8 params at most.");
  if (metrics.length > 50) throw badUserInput("Ask for 50 metrics at most.");
  for (const metric of metrics) checkMetricName(metric, listing.definition);
  const keys = groupBy.map((param) => paramSql(parseParamPath(param, listing.definition)));
  const statement = Prisma.sql`
    WITH chosen AS MATERIALIZED (
      SELECT r.id, r.outcome, jsonb_build_array(${keys.length ? Prisma.join(keys) : Prisma.empty}) AS key
      FROM ${listing.from} ${whereAll(listing.where)}
    ), sizes AS (
      SELECT key, count(*)::int AS count, count(*) FILTER (WHERE outcome = 'DIVERGED')::int AS diverged
      FROM chosen GROUP BY key ORDER BY key LIMIT ${maxGroups + 1}::int
    ), samples AS (
      SELECT c.key, m.metric, count(m.value)::int AS count, avg(m.value) AS mean, stddev_samp(m.value) AS sd,
        min(m.value) AS min, max(m.value) AS max
      FROM chosen c JOIN measurements m ON m.result_id = c.id AND m.metric = ANY(${[...metrics]}::text[])
      GROUP BY c.key, m.metric
    ), statistics AS MATERIALIZED (
      SELECT key, jsonb_agg(to_jsonb(samples) - 'key') AS statistics FROM samples GROUP BY key
    )
    SELECT key, count, diverged, statistics FROM sizes LEFT JOIN statistics USING (key) ORDER BY key`;
  const { rows } = await pool.query<GroupRow>(statement.text, statement.values);
  if (rows.length > maxGroups) {
    throw badUserInput(`This makes more than ${maxGroups} groups. Group by fewer params, or filter.`);
  }
  return rows.map((row) => ({
    key: Object.fromEntries(groupBy.map((param, index) => [param, row.key[index] ?? null])),
    count: row.count,
    diverged: row.diverged,
    statistics: metrics.map((metric) =>
      summary(
        metric,
        row.statistics?.find((sample) => sample.metric === metric),
      ),
    ),
  }));
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
