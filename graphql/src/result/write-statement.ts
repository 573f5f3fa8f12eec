import type { Statement } from "@widefield/prisma/statement";

/**
 * Stores what `planSubmissions` worked out, all of it or, when a unit or a lease has changed since it was read, nothing: then `written` is false.
 * Parameters, each a JSON list of `SubmissionWrites`: 1 units, 2 leases, 3 results, 4 measurements, 5 curves, 6 verdicts, 7 trials, 8 hosts, 9 studies.
 *
 * Units are locked first, then leases, hosts and studies, each in the order of their ids, as everywhere: no two calls wait for each other.
 * Hosts and studies, whose rows many calls want at the same moment, by advisory locks: to lock a row and then to update it in one statement means to
 * walk from the snapshot's version to the newest twice, and Postgres lets two that do so wait for each other.
 * The study's row, which every decision of the study needs, comes last, and the transaction ends with this statement, without waiting for the disk:
 * else a study would decide one submission for each flush. Who answers for what was written waits for `flushStatement` after it.
 */
export const writeStatement: Statement = {
  name: "widefield_write",
  text: `
WITH unit AS MATERIALIZED (
  SELECT * FROM json_to_recordset($1::json) AS x(id uuid, version int, wanted int)
), locked AS MATERIALIZED (
  SELECT u.id FROM unit x JOIN work_units u ON u.id = x.id WHERE u.version = x.version ORDER BY u.id FOR NO KEY UPDATE OF u
), held AS MATERIALIZED (
  SELECT l.id, l.unit_id, l.study_id, l.host_id, l.volunteer_id, l.state, l.network_hash, l.numerics_class
  FROM leases l WHERE l.id = ANY ($2::uuid[]) AND l.state IN ('ACTIVE', 'EXPIRED') AND l.refuse_at > now()
    AND (SELECT count(*) FROM locked) = (SELECT count(*) FROM unit)
  ORDER BY l.id FOR NO KEY UPDATE
), go AS MATERIALIZED (
  SELECT 1 WHERE (SELECT count(*) FROM locked) = (SELECT count(*) FROM unit) AND (SELECT count(*) FROM held) = cardinality($2::uuid[])
    AND set_config('synchronous_commit', 'off', true) = 'off'
), new_results AS (
  INSERT INTO results (id, trial_id, lease_id, unit_id, study_id, host_id, volunteer_id, backend, numerics_class, outcome, verdict,
    diverged_at_step, error, elapsed_ms, flops, created_at, decided_at)
  SELECT x.id, x."trialId", l.id, l.unit_id, l.study_id, l.host_id, l.volunteer_id, h.backend, l.numerics_class, x.outcome::"Outcome",
    x.verdict::"Verdict", x."divergedAtStep", x.error, x."elapsedMs", x.flops, now(), CASE x.verdict WHEN 'PENDING' THEN NULL ELSE now() END
  FROM go CROSS JOIN json_to_recordset($3::json) AS x(id uuid, "trialId" uuid, "leaseId" uuid, outcome text, verdict text,
    "divergedAtStep" int, error text, "elapsedMs" float8, flops float8)
  JOIN held l ON l.id = x."leaseId" JOIN hosts h ON h.id = l.host_id
), new_measurements AS (
  INSERT INTO measurements (result_id, metric, value)
  SELECT x."resultId", x.metric, x.value FROM go CROSS JOIN json_to_recordset($4::json) AS x("resultId" uuid, metric text, value float8)
), new_curves AS (
  INSERT INTO curves (result_id, metric, steps, values)
  SELECT x."resultId", x.metric, x.steps, x.values
  FROM go CROSS JOIN json_to_recordset($5::json) AS x("resultId" uuid, metric text, steps int[], values float8[])
), new_verdicts AS (
  UPDATE results r SET verdict = x.verdict::"Verdict", decided_at = now()
  FROM go CROSS JOIN json_to_recordset($6::json) AS x(id uuid, verdict text) WHERE r.id = x.id
), answered AS (
  UPDATE leases l SET state = 'SUBMITTED', progress = 1, ended_at = now(), network_hash = CASE WHEN x.wanted > 0 THEN l.network_hash END
  FROM go CROSS JOIN held h JOIN unit x ON x.id = h.unit_id WHERE l.id = h.id
), forgotten AS (
  UPDATE leases l SET network_hash = NULL
  FROM go CROSS JOIN unit x
  WHERE x.wanted = 0 AND l.unit_id = x.id AND l.network_hash IS NOT NULL AND l.id <> ALL ($2::uuid[])
), slots AS (
  UPDATE work_units u SET version = u.version + 1, wanted = x.wanted, active_leases = u.active_leases - x.ended,
    state = CASE WHEN x.wanted = 0 THEN 'CLOSED'::"WorkUnitState" ELSE 'OPEN' END,
    open_slots = greatest(x.wanted - u.active_leases + x.ended, 0) * (x.wanted > 0)::int
  FROM (
    SELECT x.id, x.wanted, (SELECT count(*)::int FROM held h WHERE h.unit_id = x.id AND h.state = 'ACTIVE') AS ended FROM go CROSS JOIN unit x
  ) x
  WHERE u.id = x.id
), credit AS MATERIALIZED (
  SELECT x.* FROM go CROSS JOIN json_to_recordset($8::json) AS x(id uuid, valid int, invalid int, flops float8)
), crediting AS MATERIALIZED (
  SELECT pg_advisory_xact_lock(hashtextextended('host ' || x.id, 0)) FROM (SELECT id FROM credit ORDER BY id) x
), credits AS (
  UPDATE hosts h SET valid_results = h.valid_results + x.valid, invalid_results = h.invalid_results + x.invalid,
    valid_flops = h.valid_flops + x.flops
  FROM credit x WHERE h.id = x.id AND (SELECT count(*) FROM crediting) >= 0
  RETURNING h.id
), step AS MATERIALIZED (
  SELECT x.* FROM go CROSS JOIN json_to_recordset($9::json) AS x(id uuid, decided int, "finishedDecisionId" uuid)
  WHERE (SELECT count(*) FROM credits) >= 0
), stepping AS MATERIALIZED (
  SELECT pg_advisory_xact_lock(hashtextextended('study ' || x.id, 0)) FROM (SELECT id FROM step ORDER BY id) x
), revised AS (
  UPDATE studies s SET decided_count = s.decided_count + x.decided,
    revision = s.revision + x.decided + (s.decided_count + x.decided = s.trial_count)::int,
    state = CASE WHEN s.decided_count + x.decided = s.trial_count THEN 'FINISHED' ELSE s.state END,
    finished_at = CASE WHEN s.decided_count + x.decided = s.trial_count THEN now() ELSE s.finished_at END
  FROM step x WHERE s.id = x.id AND (SELECT count(*) FROM stepping) >= 0
  RETURNING s.id, x."finishedDecisionId" AS finished_decision_id, s.state = 'FINISHED' AS finished, s.revision,
    s.revision - (s.state = 'FINISHED')::int - x.decided AS base
), changed AS MATERIALIZED (
  SELECT x.*, r.base + x.ordinal AS revision
  FROM go CROSS JOIN json_to_recordset($7::json) AS x(id uuid, "studyId" uuid, state text, wanted int, "canonicalId" uuid, adopted boolean,
    "decisionId" uuid, kind text, ordinal int)
  LEFT JOIN revised r ON r.id = x."studyId"
), new_trials AS (
  UPDATE trials t SET state = x.state::"TrialState", wanted = x.wanted, canonical_result_id = x."canonicalId", adopted = x.adopted,
    decided_revision = x.revision
  FROM changed x WHERE t.id = x.id
), new_decisions AS (
  INSERT INTO decisions (id, study_id, revision, kind, trial_id, result_id)
  SELECT x."decisionId", x."studyId", x.revision, x.kind::"DecisionKind", x.id, x."canonicalId" FROM changed x WHERE x."decisionId" IS NOT NULL
  UNION ALL
  SELECT r.finished_decision_id, r.id, r.revision, 'FINISHED', NULL, NULL FROM revised r WHERE r.finished
)
SELECT EXISTS (SELECT 1 FROM go) AS written`,
};

/**
 * Resolves once everything that was committed before is on disk, the session's own asynchronous commits included: it commits a word of its own behind them,
 * and the flushes of all sessions that wait at the same moment are one.
 */
export const flushStatement: Statement = {
  name: "widefield_flush",
  text: "SELECT pg_logical_emit_message(true, 'widefield', '')",
};
