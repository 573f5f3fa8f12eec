import { decide, type Replica } from "@widefield/graphql/decision/decide";
import type { Database } from "@widefield/prisma/open-database";
import { mlp } from "./report.ts";

/** Every row that breaks what must always hold, in words; empty when all is well. Reads the tables, believes no code of the protocol's but `decide`. */
export async function brokenInvariants(database: Database): Promise<string[]> {
  const { rows } = await database.pool.query<{ what: string }>(statement);
  return [...rows.map((row) => row.what), ...(await wrongDecisions(database))];
}

const statement = `
SELECT 'unit ' || u.id || ' counts ' || u.active_leases || ' active leases, there are ' || l.n AS what
FROM work_units u CROSS JOIN LATERAL (SELECT count(*) AS n FROM leases WHERE unit_id = u.id AND state = 'ACTIVE') l WHERE l.n <> u.active_leases
UNION ALL
SELECT 'unit ' || u.id || ' (' || u.state || ') wants ' || u.wanted || ', its trials want ' || t.wanted
FROM work_units u CROSS JOIN LATERAL (
  SELECT coalesce(max(wanted) FILTER (WHERE state = 'PENDING'), 0) AS wanted FROM trials WHERE unit_id = u.id
) t
WHERE t.wanted <> u.wanted OR (u.state = 'OPEN') <> (t.wanted > 0)
UNION ALL
SELECT 'unit ' || u.id || ' has ' || u.open_slots || ' slots' FROM work_units u
WHERE u.open_slots <> CASE u.state WHEN 'OPEN' THEN greatest(u.wanted - u.active_leases, 0) ELSE 0 END
UNION ALL
SELECT 'trial ' || t.id || ' waits in no unit' FROM trials t WHERE t.state = 'PENDING' AND t.unit_id IS NULL
UNION ALL
SELECT 'trial ' || t.id || ' is ' || t.state || ' with canonical ' || coalesce(t.canonical_result_id::text, 'none') FROM trials t
WHERE (t.state = 'VALID') <> (t.canonical_result_id IS NOT NULL)
UNION ALL
SELECT 'study ' || s.slug || ' is at revision ' || s.revision || ' with ' || d.n || ' decisions up to ' || d.last
FROM studies s CROSS JOIN LATERAL (SELECT count(*) AS n, coalesce(max(revision), 0) AS last FROM decisions WHERE study_id = s.id) d
WHERE d.n <> s.revision OR d.last <> s.revision
UNION ALL
SELECT 'study ' || s.slug || ' (' || s.state || ') counts ' || s.decided_count || '/' || s.trial_count || ', there are ' || t.decided || '/' || t.n
FROM studies s CROSS JOIN LATERAL (
  SELECT count(*) AS n, count(*) FILTER (WHERE state <> 'PENDING') AS decided FROM trials WHERE study_id = s.id
) t
WHERE s.state <> 'DRAFT' AND (t.n <> s.trial_count OR t.decided <> s.decided_count OR (s.state = 'FINISHED') <> (t.n = t.decided))
UNION ALL
SELECT 'trial ' || t.id || ' names revision ' || coalesce(t.decided_revision, -1) FROM trials t
LEFT JOIN decisions d ON d.study_id = t.study_id AND d.revision = t.decided_revision AND d.trial_id = t.id
  AND d.kind::text = CASE WHEN t.adopted THEN 'ADOPTED' WHEN t.state = 'VALID' THEN 'CANONICAL' ELSE t.state::text END
WHERE (t.state = 'PENDING') <> (t.decided_revision IS NULL) OR (t.state <> 'PENDING' AND d.id IS NULL)
UNION ALL
SELECT 'host ' || h.id || ' is credited ' || h.valid_results || '+' || h.invalid_results || ', has ' || r.valid || '+' || r.invalid
FROM hosts h CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE verdict IN ('VALID', 'LATE')) AS valid, count(*) FILTER (WHERE verdict = 'INVALID') AS invalid
  FROM results WHERE host_id = h.id
) r
WHERE r.valid <> h.valid_results OR r.invalid <> h.invalid_results
UNION ALL
SELECT 'result ' || r.id || ' waits although its trial is ' || t.state FROM results r JOIN trials t ON t.id = r.trial_id
WHERE (r.verdict = 'PENDING') <> (r.decided_at IS NULL) OR (r.verdict = 'PENDING' AND t.state <> 'PENDING')
UNION ALL
SELECT 'lease ' || l.id || ' is ' || l.state || ' with ' || r.n || ' of ' || cardinality(l.trial_ids) || ' results'
FROM leases l CROSS JOIN LATERAL (SELECT count(*) AS n FROM results WHERE lease_id = l.id) r
WHERE r.n <> CASE l.state WHEN 'SUBMITTED' THEN cardinality(l.trial_ids) ELSE 0 END
UNION ALL
SELECT 'unit ' || unit_id || ' has two voices of one volunteer' FROM leases WHERE state IN ('ACTIVE', 'SUBMITTED')
GROUP BY unit_id, volunteer_id HAVING count(*) > 1
UNION ALL
SELECT 'unit ' || unit_id || ' has two voices of one network' FROM leases WHERE state IN ('ACTIVE', 'SUBMITTED') AND network_hash IS NOT NULL
GROUP BY unit_id, network_hash HAVING count(*) > 1`;

/** Decides every trial anew from its stored replicas, those that came too late left out. */
async function wrongDecisions(database: Database): Promise<string[]> {
  const trials = await database.prisma.trial.findMany({
    where: { adopted: false },
    include: {
      study: true,
      results: { where: { verdict: { not: "LATE" } }, include: { measurements: true, host: true } },
    },
  });
  return trials.flatMap((trial) => {
    // What came after the decision was judged, not counted.
    const last = trial.results.filter(
      (result) => result.decidedAt === null || result.createdAt <= (decidedAt(trial.results) ?? result.createdAt),
    );
    const replicas = last.map(
      (result): Replica => ({
        id: result.id,
        outcome: result.outcome,
        divergedAtStep: result.divergedAtStep,
        trusted: result.host.trusted,
        metrics: Object.fromEntries(result.measurements.map(({ metric, value }) => [metric, value])),
      }),
    );
    const decision = decide(mlp(), replicas, trial.study);
    const wrong: string[] = [];
    if (decision.state !== trial.state)
      wrong.push(`trial ${trial.id} is ${trial.state}, its replicas say ${decision.state}`);
    else if (decision.state === "PENDING" && decision.wanted !== trial.wanted) {
      // Before the first result the trial wants its quorum, as decided from nothing.
      wrong.push(`trial ${trial.id} wants ${trial.wanted}, its replicas leave ${decision.wanted} to want`);
    } else if (decision.state === "VALID" && decision.canonicalId !== trial.canonicalResultId) {
      wrong.push(`trial ${trial.id} has the wrong canonical result`);
    }
    return wrong;
  });
}

/** When the trial was decided: the first verdict given. */
function decidedAt(results: readonly { decidedAt: Date | null }[]): Date | null {
  const times = results.flatMap((result) => (result.decidedAt ? [result.decidedAt.getTime()] : []));
  return times.length === 0 ? null : new Date(Math.min(...times));
}
