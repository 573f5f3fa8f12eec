import type { Database } from "@widefield/prisma/open-database";
import { activeSince } from "../host/active-host.ts";

/** Live figures of the whole commons. Drafts are not counted. */
export interface CommonsFigures {
  readonly studies: number;
  readonly trials: number;
  readonly decidedTrials: number;
  readonly results: number;
  readonly volunteers: number;
  readonly hosts: number;
  readonly activeHosts: number;
  readonly validFlops: number;
}

export async function readCommonsFigures({ pool }: Database, now: Date): Promise<CommonsFigures> {
  const { rows } = await pool.query<CommonsFigures>(statement, [activeSince(now)]);
  const [row] = rows;
  if (!row) throw new Error("Counting gave no row.");
  return row;
}

const statement = `
  SELECT s.studies, s.trials, s.decided AS "decidedTrials", (SELECT count(*)::int FROM results) AS results,
    h.volunteers, h.hosts, h.active AS "activeHosts", h.flops AS "validFlops"
  FROM (
    SELECT count(*)::int AS studies, coalesce(sum(trial_count), 0)::int AS trials,
      coalesce(sum(decided_count), 0)::int AS decided
    FROM studies WHERE state <> 'DRAFT'
  ) s CROSS JOIN (
    SELECT count(DISTINCT volunteer_id)::int AS volunteers, count(*)::int AS hosts,
      count(*) FILTER (WHERE last_seen_at >= $1)::int AS active, coalesce(sum(valid_flops), 0)::float8 AS flops
    FROM hosts
  ) h`;
