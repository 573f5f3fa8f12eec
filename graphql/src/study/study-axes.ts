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

// Seeds vary fastest, so most trials have the params of the one before them: a configuration is read once, not once for each seed
// (100,000 trials with 100 seeds: .2 s, against 1.6 s; without seeds to leave out it is 1.2 s).
// Nested objects are followed to their leaves (`a.b`); lists are values.
const statement = `
  WITH RECURSIVE first AS MATERIALIZED (
    SELECT f.* FROM unnest($1::uuid[]) s(id) CROSS JOIN LATERAL (
      SELECT study_id, position, params || jsonb_build_object('seed', coalesce(params -> 'seed', to_jsonb(seed))) AS params
      FROM trials WHERE study_id = s.id ORDER BY position LIMIT 1
    ) f
  ), configuration AS MATERIALIZED (
    SELECT study_id, params, position FROM (
      SELECT study_id, params, position, lag(params) OVER (PARTITION BY study_id ORDER BY position) AS before
      FROM trials WHERE study_id = ANY($1::uuid[])
    ) t WHERE before IS DISTINCT FROM params
  ), known AS MATERIALIZED (
    SELECT study_id, array_agg(key) AS keys FROM first, jsonb_object_keys(params) key GROUP BY study_id
  ), param AS MATERIALIZED (
    SELECT study_id, key, value FROM first, jsonb_each(params) WHERE key <> 'seed'
    UNION ALL
    SELECT DISTINCT c.study_id, key, NULL::jsonb FROM configuration c JOIN known k ON k.study_id = c.study_id
    CROSS JOIN LATERAL jsonb_object_keys(c.params - k.keys) key
  ), top AS (
    SELECT c.study_id, p.key, c.params -> p.key AS value, min(c.position) AS position
    FROM configuration c JOIN param p ON p.study_id = c.study_id
    WHERE (c.params -> p.key) IS DISTINCT FROM p.value
    GROUP BY 1, 2, 3
    UNION ALL
    SELECT study_id, 'seed', seed, min(position) FROM (
      SELECT study_id, coalesce(params -> 'seed', to_jsonb(seed)) AS seed, position FROM trials WHERE study_id = ANY($1::uuid[])
    ) s GROUP BY study_id, seed
  ), leaf AS (
    SELECT study_id, position, ARRAY[key] AS path, value FROM top
    UNION ALL
    SELECT leaf.study_id, leaf.position, leaf.path || p.key, p.value
    FROM leaf CROSS JOIN LATERAL jsonb_each(CASE WHEN jsonb_typeof(leaf.value) = 'object' THEN leaf.value END) p
  ), others AS (
    SELECT l.study_id, l.path, l.value, min(l.position) AS position FROM leaf l JOIN first f USING (study_id)
    WHERE jsonb_typeof(l.value) <> 'object' AND l.value IS DISTINCT FROM f.params #> l.path GROUP BY 1, 2, 3
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
