import type { Database } from "@widefield/prisma/open-database";

/** A param that varies over a study. */
export interface StudyAxis {
  readonly studyId: string;
  readonly param: string;
  /** Distinct values in order of position, the first `maxAxisValues` of them. */
  readonly values: readonly unknown[];
}

/** Values shown of one axis: a random sweep has as many as trials. */
export const maxAxisValues = 1000;

/**
 * The params that take more than one value over each study's trials, `seed` included, in the order in which they first change.
 * One statement for all studies; it reads every trial, so see `axesOf` in `loader/axes-cache.ts`.
 */
export async function readStudyAxes({ pool }: Database, studyIds: readonly string[]): Promise<StudyAxis[]> {
  const { rows } = await pool.query<StudyAxis>(statement, [studyIds, maxAxisValues]);
  return rows;
}

// Nested objects are followed to their leaves (`a.b`); lists are values.
const statement = `
  WITH RECURSIVE leaf AS (
    SELECT t.study_id, t.position, p.key AS param, p.value
    FROM trials t CROSS JOIN LATERAL jsonb_each(t.params || jsonb_build_object('seed', coalesce(t.params -> 'seed', to_jsonb(t.seed)))) p
    WHERE t.study_id = ANY($1::uuid[])
    UNION ALL
    SELECT leaf.study_id, leaf.position, leaf.param || '.' || p.key, p.value
    FROM leaf CROSS JOIN LATERAL jsonb_each(CASE WHEN jsonb_typeof(leaf.value) = 'object' THEN leaf.value END) p
  ), occurring AS (
    SELECT study_id, param, value, min(position) AS first FROM leaf
    WHERE jsonb_typeof(value) <> 'object' GROUP BY study_id, param, value
  ), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY study_id, param ORDER BY first) AS rank FROM occurring
  )
  SELECT study_id AS "studyId", param, jsonb_agg(value ORDER BY first) FILTER (WHERE rank <= $2) AS values
  FROM ranked GROUP BY study_id, param HAVING count(*) > 1
  ORDER BY study_id, min(first) FILTER (WHERE rank = 2) DESC, param`;
