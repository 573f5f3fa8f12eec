import type { Database } from "@widefield/prisma/open-database";
import { boundedRead } from "../relay/bounded-read.ts";

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
export async function readStudyAxes(database: Database, studyIds: readonly string[]): Promise<StudyAxis[]> {
  return boundedRead<StudyAxis>(database, { text: statement, values: [studyIds, maxAxisValues] });
}

// Most params are the same in every trial: what equals the first trial's value is left at once, before anything is sorted.
// Nested objects are followed to their leaves (`a.b`); lists are values.
const statement = `
  WITH RECURSIVE asked AS NOT MATERIALIZED (
    SELECT study_id, position, params || jsonb_build_object('seed', coalesce(params -> 'seed', to_jsonb(seed))) AS params
    FROM trials WHERE study_id = ANY($1::uuid[])
  ), first AS MATERIALIZED (
    SELECT f.* FROM unnest($1::uuid[]) s(id)
    CROSS JOIN LATERAL (SELECT * FROM asked WHERE study_id = s.id ORDER BY position LIMIT 1) f
  ), leaf AS (
    SELECT a.study_id, a.position, ARRAY[p.key] AS path, p.value
    FROM asked a JOIN first f USING (study_id) CROSS JOIN LATERAL jsonb_each(a.params) p
    WHERE p.value IS DISTINCT FROM f.params -> p.key
    UNION ALL
    SELECT leaf.study_id, leaf.position, leaf.path || p.key, p.value
    FROM leaf JOIN first f USING (study_id)
    CROSS JOIN LATERAL jsonb_each(CASE WHEN jsonb_typeof(leaf.value) = 'object' THEN leaf.value END) p
    WHERE p.value IS DISTINCT FROM f.params #> (leaf.path || p.key)
  ), others AS (
    SELECT study_id, path, value, min(position) AS position FROM leaf
    WHERE jsonb_typeof(value) <> 'object' GROUP BY study_id, path, value
  ), occurring AS (
    SELECT * FROM others
    UNION ALL
    SELECT o.study_id, o.path, f.params #> o.path, f.position
    FROM (SELECT DISTINCT study_id, path FROM others) o JOIN first f USING (study_id) WHERE f.params #> o.path IS NOT NULL
  ), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY study_id, path ORDER BY position) AS rank FROM occurring
  )
  SELECT study_id AS "studyId", array_to_string(path, '.') AS param,
    jsonb_agg(value ORDER BY position) FILTER (WHERE rank <= $2) AS values
  FROM ranked GROUP BY study_id, path HAVING count(*) > 1
  ORDER BY study_id, min(position) FILTER (WHERE rank = 2) DESC, path`;
