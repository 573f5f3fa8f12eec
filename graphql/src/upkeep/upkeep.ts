import type { Database } from "@widefield/prisma/open-database";
import { runStatement, type Statement } from "@widefield/prisma/statement";

/** What a run of the upkeep did. */
export interface UpkeepReport {
  /** Leases past their first deadline whose slots are free again. */
  readonly reclaimedLeases: number;
  /** Leases that no longer know from which network they were asked for. */
  readonly forgottenNetworks: number;
  /** Sessions and sign-in attempts that had run out. */
  readonly endedSessions: number;
}

/** A unit that waits this long for its quorum forgets its networks: they are not kept for ever. */
const networkDays = 30;

/** Rows of one statement: nobody waits long for its locks. */
const batch = 1_000;

/**
 * Gives back expired leases, and removes what is kept for a time only. Repeating it, or running it twice at once, does no harm;
 * leaving it out does none to the work, for whoever leases next reclaims too.
 */
export async function upkeep(database: Database): Promise<UpkeepReport> {
  return {
    reclaimedLeases: await inBatches(database, reclaimStatement),
    forgottenNetworks: await inBatches(database, forgetStatement),
    endedSessions: (await inBatches(database, sessionStatement)) + (await inBatches(database, verificationStatement)),
  };
}

/** Runs a statement that answers with a count until it finds less than a batch. */
async function inBatches(database: Database, statement: Statement): Promise<number> {
  let total = 0;
  for (;;) {
    const [row] = await runStatement<{ count: number }>(database, statement, []);
    const count = row?.count ?? 0;
    total += count;
    if (count < batch) return total;
  }
}

/** As the reclaiming inside `grant-statement.ts`; what somebody is granting or submitting at this moment is left to them. */
const reclaimStatement: Statement = {
  name: "widefield_upkeep_reclaim",
  text: `
WITH expired AS MATERIALIZED (
  SELECT l.id, l.unit_id FROM leases l JOIN work_units u ON u.id = l.unit_id
  WHERE l.state = 'ACTIVE' AND l.reissue_at <= now()
  ORDER BY l.reissue_at LIMIT ${batch}
  FOR NO KEY UPDATE OF l, u SKIP LOCKED
), ended AS (
  UPDATE leases l SET state = 'EXPIRED', ended_at = coalesce(l.ended_at, now()) FROM expired e WHERE l.id = e.id
), slots AS (
  UPDATE work_units u SET active_leases = u.active_leases - d.leases,
    open_slots = CASE u.state WHEN 'OPEN' THEN greatest(u.wanted - u.active_leases + d.leases, 0) ELSE 0 END
  FROM (SELECT unit_id, count(*)::int AS leases FROM expired GROUP BY unit_id) d
  WHERE u.id = d.unit_id
)
SELECT count(*)::int AS count FROM expired`,
};

const forgetStatement: Statement = {
  name: "widefield_upkeep_forget",
  text: `
WITH settled AS MATERIALIZED (
  SELECT id FROM leases
  WHERE network_hash IS NOT NULL AND (
    state = 'RELEASED' OR (state = 'EXPIRED' AND refuse_at <= now()) OR granted_at < now() - interval '${networkDays} days')
  LIMIT ${batch}
  FOR NO KEY UPDATE SKIP LOCKED
), forgotten AS (
  UPDATE leases l SET network_hash = NULL FROM settled s WHERE l.id = s.id
)
SELECT count(*)::int AS count FROM settled`,
};

const sessionStatement = removeExpired("widefield_upkeep_sessions", "sessions");
const verificationStatement = removeExpired("widefield_upkeep_verifications", "verifications");

function removeExpired(name: string, table: "sessions" | "verifications"): Statement {
  return {
    name,
    text: `
WITH old AS MATERIALIZED (
  SELECT id FROM ${table} WHERE expires_at <= now() LIMIT ${batch} FOR UPDATE SKIP LOCKED
), removed AS (
  DELETE FROM ${table} t USING old WHERE t.id = old.id
)
SELECT count(*)::int AS count FROM old`,
  };
}
