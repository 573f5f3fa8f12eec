import type { Statement } from "@widefield/prisma/statement";
import { leaseTerms, reissueSecondsSql } from "./deadlines.ts";

/** One unit as granted. */
export interface GrantRow {
  readonly leaseId: string;
  readonly unitId: string;
  readonly studyId: string;
  readonly studySlug: string;
  readonly studyTitle: string;
  readonly experiment: string;
  readonly version: number;
  readonly packKey: string;
  readonly flops: number;
  readonly peakBytes: number;
  readonly reissueAt: Date;
  readonly refuseAt: Date;
  readonly serverTime: Date;
  /** Taken from a lease that had run out. */
  readonly reclaimed: boolean;
  readonly trials: readonly { readonly id: string; readonly params: Record<string, unknown>; readonly seed: number }[];
}

/** Leases that one call takes back at most; the next call takes the next ones. */
const reclaimAtOnce = 64;

/** A lease of another volunteer from the caller's network that counts, or may still count. @param parameter the network's hash, null for none. */
export function sameNetwork(parameter: `$${number}`): string {
  return `l.network_hash = ${parameter}::text AND (l.state IN ('ACTIVE', 'SUBMITTED') OR (l.state = 'EXPIRED' AND l.refuse_at > now()))`;
}

/**
 * Grants units, and takes back those whose lease is past `reissue_at`, in one statement: nothing else has to run for an expired lease to travel on.
 *
 * Parameters: 1 host, 2 volunteer, 3 network hash or null, 4 memory bytes, 5 largest buffer bytes, 6 studies, 7 units wanted of each (0: reclaimed ones only),
 * 8 and 9 where the search in each study begins (flops, unit id), 10 units wanted in all, 11 FLOP/s, 12 flops above which a fresh pack waits to be split,
 * 13 lease ids, 14 token hashes, 15 measured FLOP/s or null.
 *
 * - A row that another call is granting at this moment is skipped, not waited for.
 * - What decides is read from the locked row (`expired`, `open`), never from the snapshot: a slot is granted once.
 * - A volunteer, or a network, that holds or has answered a unit does not get it again. A volunteer whose own lease ran out may have it again,
 *   and the older token is fenced off at that moment: by `fenced` once the unit is granted, for a grant may still lose to ON CONFLICT. Only a lease
 *   that this very statement takes back is fenced before, in `ended`: no row is updated twice in one statement, and the unique index must not
 *   meet it any more.
 */
export const grantStatement: Statement = {
  name: "widefield_grant",
  text: `
WITH asked AS MATERIALIZED (
  SELECT a.study_id, a.quota, a.after_flops, a.after_id
  FROM unnest($6::uuid[], $7::int[], $8::float8[], $9::uuid[]) AS a(study_id, quota, after_flops, after_id)
  JOIN studies s ON s.id = a.study_id AND s.state = 'ACTIVE'
), expired AS MATERIALIZED (
  SELECT l.id AS lease_id, u.id, u.study_id, u.experiment_id, u.experiment_version, u.pack_key, u.state, u.wanted, u.active_leases,
    u.flops, u.peak_bytes, u.largest_buffer_bytes
  FROM leases l JOIN work_units u ON u.id = l.unit_id
  WHERE l.state = 'ACTIVE' AND l.reissue_at <= now()
  ORDER BY l.reissue_at LIMIT ${reclaimAtOnce}
  FOR NO KEY UPDATE OF l, u SKIP LOCKED
), freed AS MATERIALIZED (
  SELECT id, count(*)::int AS leases FROM expired GROUP BY id
), again AS MATERIALIZED (
  SELECT DISTINCT ON (e.flops, e.id) e.id, e.study_id, e.experiment_id, e.experiment_version, e.pack_key, e.flops, e.peak_bytes
  FROM expired e JOIN freed f ON f.id = e.id JOIN asked a ON a.study_id = e.study_id
  WHERE e.state = 'OPEN' AND e.wanted - e.active_leases + f.leases > 0 AND e.peak_bytes <= $4 AND e.largest_buffer_bytes <= $5
    AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.unit_id = e.id AND CASE
      WHEN l.volunteer_id = $2::uuid THEN l.state IN ('ACTIVE', 'SUBMITTED') AND l.id NOT IN (SELECT lease_id FROM expired)
      ELSE ${sameNetwork("$3")} END)
  ORDER BY e.flops, e.id LIMIT $10
), open AS MATERIALIZED (
  SELECT u.* FROM asked a CROSS JOIN LATERAL (
    SELECT w.id, w.study_id, w.experiment_id, w.experiment_version, w.pack_key, w.flops, w.peak_bytes
    FROM work_units w
    WHERE w.study_id = a.study_id AND w.state = 'OPEN' AND w.open_slots > 0 AND (w.flops, w.id) > (a.after_flops, a.after_id)
      AND w.peak_bytes <= $4 AND w.largest_buffer_bytes <= $5
      AND w.id NOT IN (SELECT id FROM freed)
      AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.unit_id = w.id AND CASE
        WHEN l.volunteer_id = $2::uuid THEN l.state IN ('ACTIVE', 'SUBMITTED')
        ELSE ${sameNetwork("$3")} END)
      AND NOT (w.trial_count > 1 AND w.flops > $12 AND w.version = 0 AND w.active_leases = 0
        AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.unit_id = w.id))
    ORDER BY w.flops, w.id
    LIMIT least(a.quota, $10 - (SELECT count(*) FROM again))
    FOR NO KEY UPDATE SKIP LOCKED
  ) u
), chosen AS MATERIALIZED (
  SELECT c.*, row_number() OVER cheapest_first AS n, sum(c.flops) OVER cheapest_first AS flops_until
  FROM (SELECT *, true AS reclaimed FROM again UNION ALL SELECT *, false FROM open) c
  WINDOW cheapest_first AS (ORDER BY c.flops, c.id ROWS UNBOUNDED PRECEDING)
), packed AS MATERIALIZED (
  SELECT c.*, t.ids, t.trials, ${reissueSecondsSql("c.flops_until / $11::float8")} AS seconds
  FROM chosen c CROSS JOIN LATERAL (
    SELECT array_agg(t.id ORDER BY t.position) AS ids,
      json_agg(json_build_object('id', t.id, 'params', t.params, 'seed', t.seed) ORDER BY t.position) AS trials
    FROM trials t WHERE t.unit_id = c.id AND t.state = 'PENDING'
  ) t
  WHERE c.n <= $10 AND t.ids IS NOT NULL
), ended AS (
  UPDATE leases l SET state = 'EXPIRED', ended_at = now(),
    refuse_at = CASE WHEN l.volunteer_id = $2::uuid AND l.unit_id IN (SELECT id FROM packed) THEN least(l.refuse_at, now()) ELSE l.refuse_at END
  FROM expired e WHERE l.id = e.lease_id
  RETURNING l.id
), granted AS (
  INSERT INTO leases (id, unit_id, study_id, host_id, volunteer_id, network_hash, numerics_class, token_hash, trial_ids, granted_at, reissue_at,
    refuse_at)
  SELECT ($13::uuid[])[p.n], p.id, p.study_id, $1::uuid, $2::uuid, $3::text, h.numerics_class, ($14::text[])[p.n], p.ids,
    now(), now() + make_interval(secs => p.seconds), now() + make_interval(secs => ${leaseTerms.refusalFactor} * p.seconds)
  FROM packed p JOIN hosts h ON h.id = $1::uuid
  -- The leases that make room come first.
  WHERE (SELECT count(*) FROM ended) >= 0
  ON CONFLICT DO NOTHING
  RETURNING id, unit_id, granted_at, reissue_at, refuse_at
), fenced AS (
  UPDATE leases l SET refuse_at = now()
  FROM granted g WHERE l.unit_id = g.unit_id AND l.volunteer_id = $2::uuid AND l.state = 'EXPIRED' AND l.refuse_at > now()
), slots AS (
  UPDATE work_units u SET active_leases = u.active_leases + d.leases,
    open_slots = CASE u.state WHEN 'OPEN' THEN greatest(u.wanted - u.active_leases - d.leases, 0) ELSE 0 END
  FROM (
    SELECT id, sum(leases)::int AS leases
    FROM (SELECT id, -leases AS leases FROM freed UNION ALL SELECT unit_id, 1 FROM granted) x GROUP BY id
  ) d
  WHERE u.id = d.id
), seen AS (
  UPDATE hosts SET last_seen_at = now(), flops_per_second = coalesce($15::float8, flops_per_second)
  WHERE id = $1::uuid AND last_seen_at < now() - interval '10 seconds'
)
SELECT g.id AS "leaseId", p.id AS "unitId", s.id AS "studyId", s.slug AS "studySlug", s.title AS "studyTitle", p.experiment_id AS experiment,
  p.experiment_version AS version, p.pack_key AS "packKey", p.flops, p.peak_bytes::float8 AS "peakBytes",
  g.granted_at AS "serverTime", g.reissue_at AS "reissueAt", g.refuse_at AS "refuseAt", p.reclaimed, p.trials
FROM granted g JOIN packed p ON p.id = g.unit_id JOIN studies s ON s.id = p.study_id
ORDER BY p.n`,
};
