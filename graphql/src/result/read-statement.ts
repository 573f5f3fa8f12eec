import type { Statement } from "@widefield/prisma/statement";

const metrics = `coalesce((SELECT json_object_agg(m.metric, m.value) FROM measurements m WHERE m.result_id = r.id), '{}'::json)`;

const replica = `json_build_object('id', r.id, 'trialId', r.trial_id, 'hostId', r.host_id, 'volunteerId', r.volunteer_id,
  'outcome', r.outcome, 'divergedAtStep', r.diverged_at_step, 'trusted', h.trusted, 'metrics', ${metrics})`;

/**
 * Everything that submissions for these leases may depend on (`SubmissionState`), as one JSON object. Takes no lock.
 * Parameters: 1 lease ids.
 */
export const readStatement: Statement = {
  name: "widefield_submission",
  text: `
WITH held AS MATERIALIZED (
  SELECT l.*, l.refuse_at <= now() AS refused, h.trusted FROM leases l JOIN hosts h ON h.id = l.host_id WHERE l.id = ANY ($1::uuid[])
), live AS MATERIALIZED (
  SELECT DISTINCT unit_id FROM held WHERE state IN ('ACTIVE', 'EXPIRED')
), own AS MATERIALIZED (
  SELECT t.* FROM live JOIN trials t ON t.unit_id = live.unit_id
), same AS MATERIALIZED (
  SELECT o.id AS own_id, o.study_id AS own_study_id, t.id, t.study_id, t.unit_id, t.state, t.canonical_result_id FROM own o JOIN trials t ON t.digest = o.digest
  WHERE o.state = 'PENDING' AND t.study_id <> o.study_id
), twin AS MATERIALIZED (
  SELECT DISTINCT unit_id FROM same WHERE state = 'PENDING' AND unit_id NOT IN (SELECT unit_id FROM live)
), companion AS MATERIALIZED (
  SELECT t.* FROM twin u JOIN trials t ON t.unit_id = u.unit_id AND t.state = 'PENDING'
), known AS MATERIALIZED (
  SELECT DISTINCT ON (k.own_id) k.own_id AS trial_id, k.canonical_result_id AS result_id
  FROM same k JOIN studies o ON o.id = k.own_study_id JOIN studies s ON s.id = k.study_id
  JOIN results r ON r.id = k.canonical_result_id JOIN hosts h ON h.id = r.host_id
  WHERE k.state = 'VALID' AND (s.quorum >= o.quorum OR h.trusted) ORDER BY k.own_id, k.id
), trial AS MATERIALIZED (
  SELECT *, params AS report_params FROM own UNION ALL SELECT *, NULL FROM companion
)
SELECT json_build_object(
  'leases', (SELECT coalesce(json_agg(json_build_object('id', l.id, 'tokenHash', l.token_hash, 'volunteerId', l.volunteer_id,
      'hostId', l.host_id, 'trusted', l.trusted, 'unitId', l.unit_id, 'studyId', l.study_id, 'state', l.state,
      'refused', l.refused, 'trialIds', l.trial_ids)), '[]') FROM held l),
  'units', (SELECT coalesce(json_agg(json_build_object('id', u.id, 'version', u.version, 'open', u.state = 'OPEN')), '[]')
    FROM work_units u WHERE u.id IN (SELECT unit_id FROM trial)),
  'trials', (SELECT coalesce(json_agg(json_build_object('id', t.id, 'studyId', t.study_id, 'unitId', t.unit_id, 'digest', t.digest,
      'state', t.state, 'wanted', t.wanted, 'flops', t.flops, 'params', t.report_params, 'canonicalId', t.canonical_result_id)), '[]') FROM trial t),
  'replicas', (SELECT coalesce(json_agg(${replica}), '[]') FROM trial t JOIN results r ON r.trial_id = t.id JOIN hosts h ON h.id = r.host_id
    WHERE t.state = 'PENDING'),
  'canonicals', (SELECT coalesce(json_agg(${replica}), '[]') FROM (
      SELECT canonical_result_id AS id FROM own WHERE canonical_result_id IS NOT NULL UNION SELECT result_id FROM known
    ) c JOIN results r ON r.id = c.id JOIN hosts h ON h.id = r.host_id),
  'known', (SELECT coalesce(json_agg(json_build_object('trialId', k.trial_id, 'canonicalId', k.result_id)), '[]') FROM known k),
  'studies', (SELECT coalesce(json_agg(json_build_object('id', s.id, 'experimentId', s.experiment_id,
      'experimentVersion', s.experiment_version, 'quorum', s.quorum, 'maxResults', s.max_results, 'maxFailures', s.max_failures)), '[]')
    FROM studies s WHERE s.id IN (SELECT study_id FROM trial)),
  'answers', (SELECT coalesce(json_agg(json_build_object('leaseId', l.id, 'trialId', t.id, 'verdict', r.verdict,
      'atOnce', r.decided_at IS NOT DISTINCT FROM r.created_at, 'trialState', t.state) ORDER BY array_position(l.trial_ids, t.id)), '[]')
    FROM held l JOIN results r ON r.lease_id = l.id JOIN trials t ON t.id = r.trial_id WHERE l.state = 'SUBMITTED')
) AS state`,
};
