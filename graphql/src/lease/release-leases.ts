import type { Database } from "@widefield/prisma/open-database";
import { runStatement, type Statement } from "@widefield/prisma/statement";
import { StaleLease } from "../failure/failure.ts";
import type { Caller } from "../host/caller.ts";
import { encodeGlobalId } from "../identity/global-id.ts";
import { tokenHash } from "./token.ts";

/** A lease and the proof that it is the caller's. */
export interface LeaseKey {
  /** A uuid. */
  readonly leaseId: string;
  readonly token: string;
}

/**
 * Gives units back: their slots are free at once. Repeating it is answered alike.
 * @returns in the order of the keys, the lease's id or why the token no longer counts.
 */
export async function releaseLeases(
  database: Database,
  caller: Caller,
  keys: readonly LeaseKey[],
): Promise<({ leaseId: string } | StaleLease)[]> {
  if (keys.length === 0) return [];
  const hashes = keys.map((key) => tokenHash(key.token));
  const rows = await runStatement<{ id: string; hash: string }>(database, releaseStatement, [
    keys.map((key) => key.leaseId),
    hashes,
    caller.volunteerId,
  ]);
  const released = new Map(rows.map(({ id, hash }) => [id, hash]));
  return keys.map(({ leaseId }, index) =>
    released.get(leaseId) === hashes[index]
      ? { leaseId }
      : new StaleLease(
          encodeGlobalId("Lease", leaseId),
          "This lease is not yours, or its result was already submitted.",
        ),
  );
}

/** Units before leases, in the order of their ids: as every statement that takes both. */
const releaseStatement: Statement = {
  name: "widefield_release",
  text: `
WITH keys AS MATERIALIZED (
  SELECT DISTINCT l.id, l.unit_id FROM unnest($1::uuid[], $2::text[]) AS k(id, token_hash)
  JOIN leases l ON l.id = k.id AND l.token_hash = k.token_hash WHERE l.volunteer_id = $3::uuid
), units AS MATERIALIZED (
  SELECT u.id FROM work_units u WHERE u.id IN (SELECT unit_id FROM keys) ORDER BY u.id FOR NO KEY UPDATE
), held AS MATERIALIZED (
  SELECT l.id, l.unit_id, l.state, l.token_hash FROM leases l WHERE l.id IN (SELECT id FROM keys) AND (SELECT count(*) FROM units) >= 0
  ORDER BY l.id FOR NO KEY UPDATE
), released AS (
  UPDATE leases l SET state = 'RELEASED', ended_at = now() FROM held h WHERE l.id = h.id AND h.state IN ('ACTIVE', 'EXPIRED')
), slots AS (
  UPDATE work_units u SET active_leases = u.active_leases - d.leases,
    open_slots = CASE u.state WHEN 'OPEN' THEN greatest(u.wanted - u.active_leases + d.leases, 0) ELSE 0 END
  FROM (SELECT unit_id, count(*)::int AS leases FROM held WHERE state = 'ACTIVE' GROUP BY unit_id) d
  WHERE u.id = d.unit_id
)
SELECT id, token_hash AS hash FROM held WHERE state <> 'SUBMITTED'`,
};
