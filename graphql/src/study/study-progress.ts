import type { StudyState } from "@widefield/prisma/client";
import type { Database } from "@widefield/prisma/open-database";

/** Where a study stands. Identical for every reader at one moment. */
export interface StudyProgress {
  readonly studyId: string;
  readonly slug: string;
  readonly state: StudyState;
  readonly revision: number;
  readonly trials: number;
  readonly decided: number;
  readonly valid: number;
  readonly diverged: number;
  readonly nondeterministic: number;
  readonly failed: number;
  readonly adopted: number;
  readonly pendingResults: number;
  readonly activeLeases: number;
  readonly flops: number;
  readonly decidedFlops: number;
  /** 0 to 1: decided trials of all. */
  readonly fraction: number;
}

/** The progress of these studies, in one statement and in no particular order. Unknown ids are left out. */
export async function readStudyProgress(
  { pool }: Database,
  studyIds: readonly string[],
  now: Date,
): Promise<StudyProgress[]> {
  if (studyIds.length === 0) return [];
  const { rows } = await pool.query<StudyProgress>(statement, [studyIds, now]);
  return rows;
}

const statement = `
  SELECT s.id AS "studyId", s.slug, s.state, s.revision, t.trials, t.decided, t.valid, t.diverged, t.nondeterministic, t.failed,
    t.adopted, r.pending AS "pendingResults", l.active AS "activeLeases", t.flops, t.decided_flops AS "decidedFlops",
    CASE WHEN t.trials = 0 THEN 0 ELSE t.decided::float8 / t.trials END AS fraction
  FROM studies s
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS trials,
      count(*) FILTER (WHERE t.state <> 'PENDING')::int AS decided,
      count(*) FILTER (WHERE t.state = 'VALID')::int AS valid,
      count(*) FILTER (WHERE t.state = 'VALID' AND r.outcome = 'DIVERGED')::int AS diverged,
      count(*) FILTER (WHERE t.state = 'NONDETERMINISTIC')::int AS nondeterministic,
      count(*) FILTER (WHERE t.state = 'FAILED')::int AS failed,
      count(*) FILTER (WHERE t.adopted)::int AS adopted,
      coalesce(sum(t.flops), 0)::float8 AS flops,
      coalesce(sum(t.flops) FILTER (WHERE t.state <> 'PENDING'), 0)::float8 AS decided_flops
    FROM trials t LEFT JOIN results r ON r.id = t.canonical_result_id WHERE t.study_id = s.id
  ) t
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS pending FROM results r WHERE r.study_id = s.id AND r.verdict = 'PENDING'
  ) r
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS active FROM leases l
    WHERE l.study_id = s.id AND l.state = 'ACTIVE' AND l.reissue_at > $2
  ) l
  WHERE s.id = ANY($1::uuid[])`;
