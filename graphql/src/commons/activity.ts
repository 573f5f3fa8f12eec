import type { Backend } from "@widefield/prisma/client";
import type { Database } from "@widefield/prisma/open-database";

/** One active lease, without its secrets. */
export interface Activity {
  readonly leaseId: string;
  readonly studyId: string;
  readonly hostId: string;
  readonly hostName: string;
  readonly backend: Backend;
  readonly trialCount: number;
  readonly progress: number;
  readonly grantedAt: Date;
}

/** Activities shown at most. */
const maxActivity = 50;

/** What is being computed now: of every host and study the unit that is furthest, newest first; then the next of each, and so on. */
export async function readActivity({ pool }: Database, now: Date): Promise<Activity[]> {
  const { rows } = await pool.query<Activity>(statement, [now, maxActivity]);
  return rows;
}

// Hosts lease ahead, fast ones the most: ordered by time alone, a few of them would fill the list and hide everyone else.
const statement = `
  SELECT l.id AS "leaseId", l.study_id AS "studyId", l.host_id AS "hostId", h.name AS "hostName", h.backend,
    cardinality(l.trial_ids) AS "trialCount", l.progress, l.granted_at AS "grantedAt"
  FROM (
    SELECT *, row_number() OVER (PARTITION BY host_id, study_id ORDER BY progress DESC, granted_at, id) AS turn
    FROM leases WHERE state = 'ACTIVE' AND reissue_at > $1
  ) l JOIN hosts h ON h.id = l.host_id
  ORDER BY l.turn, l.granted_at DESC, l.id DESC
  LIMIT $2`;
