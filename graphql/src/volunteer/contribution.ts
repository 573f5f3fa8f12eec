import type { Database } from "@widefield/prisma/open-database";

/** What an account's hosts have computed. */
export interface Contribution {
  readonly volunteerId: string;
  readonly hosts: number;
  readonly validResults: number;
  readonly pendingResults: number;
  readonly invalidResults: number;
  readonly validFlops: number;
}

/** The contributions of these accounts, in one statement. */
export async function readContributions({ pool }: Database, volunteerIds: readonly string[]): Promise<Contribution[]> {
  const { rows } = await pool.query<Contribution>(statement, [volunteerIds]);
  return rows;
}

const statement = `
  SELECT v.id AS "volunteerId", h.hosts, h.valid AS "validResults", r.pending AS "pendingResults",
    h.invalid AS "invalidResults", h.flops AS "validFlops"
  FROM volunteers v
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS hosts, coalesce(sum(valid_results), 0)::int AS valid,
      coalesce(sum(invalid_results), 0)::int AS invalid, coalesce(sum(valid_flops), 0)::float8 AS flops
    FROM hosts WHERE volunteer_id = v.id
  ) h
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS pending FROM results WHERE volunteer_id = v.id AND verdict = 'PENDING'
  ) r
  WHERE v.id = ANY($1::uuid[])`;
