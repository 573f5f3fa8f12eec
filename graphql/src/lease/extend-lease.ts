import type { Database } from "@widefield/prisma/open-database";
import { runStatement, type Statement } from "@widefield/prisma/statement";
import { StaleLease } from "../failure/failure.ts";
import type { Caller } from "../host/caller.ts";
import { encodeGlobalId } from "../identity/global-id.ts";
import { leaseTerms, reissueSecondsSql } from "./deadlines.ts";
import type { LeaseKey } from "./release-leases.ts";
import { tokenHash } from "./token.ts";

export interface LeaseExtended {
  readonly leaseId: string;
  readonly reissueAt: Date;
  readonly refuseAt: Date;
  readonly serverTime: Date;
}

/**
 * Moves both deadlines on as if the lease had just been granted, and notes the progress.
 * A lease that ran out comes back if its slot is still free; once another host has the slot, or the unit is decided, it is stale:
 * what is computed already may still be submitted until it is refused, going on is a waste.
 * Nor is a unit held for ever: after `holdFactor` terms it goes to somebody else.
 * @param progress 0 to 1, where known.
 */
export async function extendLease(
  database: Database,
  caller: Caller,
  key: LeaseKey & { readonly progress?: number | null | undefined },
): Promise<LeaseExtended | StaleLease> {
  const progress = key.progress == null ? null : Math.min(1, Math.max(0, key.progress));
  const [row] = await runStatement<LeaseExtended & Record<string, unknown>>(database, extendStatement, [
    key.leaseId,
    tokenHash(key.token),
    caller.volunteerId,
    progress,
  ]);
  return row ?? new StaleLease(encodeGlobalId("Lease", key.leaseId), stale);
}

const stale =
  "This lease is no longer yours to extend: its token is unknown, its time is over, or its unit is decided or handed to somebody else. Drop the unit.";

/** Seconds that the unit should take on its host. */
const expected = `u.flops / coalesce(nullif(h.flops_per_second, 0), 1e9)`;

const extendStatement: Statement = {
  name: "widefield_extend",
  text: `
WITH unit AS MATERIALIZED (
  SELECT u.id, u.state, u.flops, u.open_slots FROM work_units u
  WHERE u.id = (SELECT unit_id FROM leases WHERE id = $1::uuid AND token_hash = $2 AND volunteer_id = $3::uuid)
  FOR NO KEY UPDATE
), held AS MATERIALIZED (
  SELECT l.id, l.state, u.id AS unit_id, ${reissueSecondsSql(expected)} AS seconds
  FROM unit u JOIN leases l ON l.unit_id = u.id AND l.id = $1::uuid JOIN hosts h ON h.id = l.host_id
  WHERE u.state = 'OPEN' AND l.refuse_at > now()
    AND l.granted_at + make_interval(secs => ${leaseTerms.holdFactor} * ${reissueSecondsSql(expected)}) > now()
    AND (l.state = 'ACTIVE' OR (l.state = 'EXPIRED' AND u.open_slots > 0))
  FOR NO KEY UPDATE OF l
), slots AS (
  UPDATE work_units u SET active_leases = u.active_leases + 1, open_slots = u.open_slots - 1
  FROM held h WHERE u.id = h.unit_id AND h.state = 'EXPIRED'
)
UPDATE leases l SET state = 'ACTIVE', ended_at = NULL, progress = coalesce($4::float8, l.progress),
  reissue_at = now() + make_interval(secs => h.seconds), refuse_at = now() + make_interval(secs => ${leaseTerms.refusalFactor} * h.seconds)
FROM held h WHERE l.id = h.id
RETURNING l.id AS "leaseId", l.reissue_at AS "reissueAt", l.refuse_at AS "refuseAt", now() AS "serverTime"`,
};
