import { DatabaseError, type Pool, type PoolClient, type QueryResultRow } from "pg";
import type { Database } from "./open-database.ts";
import { withClient } from "./with-client.ts";

/** A statement that a connection plans once: the long ones of the work protocol take longer to plan than to run. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/**
 * Runs a prepared statement on any connection of the pool, in a transaction of its own.
 * A statement that loses to another transaction (deadlock, serialization) runs again: it had changed nothing. So does one that a pooler
 * sent to a session which had not prepared it; from then on this pool prepares nothing.
 */
export async function runStatement<Row extends QueryResultRow>(
  database: Database,
  statement: Statement,
  values: readonly unknown[],
): Promise<Row[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withClient(database, async (client) => {
        const serial = await serialOf(client);
        const { rows } = await client.query<Row>({
          ...(unprepared.has(database.pool) ? {} : { name: `${statement.name}_${serial}` }),
          text: statement.text,
          values: [...values],
        });
        return rows;
      });
    } catch (error) {
      const code = error instanceof DatabaseError ? (error.code ?? "") : "";
      if (code === unknownStatement) unprepared.add(database.pool);
      else if (!transientCodes.has(code)) throw error;
      if (attempt >= maxAttempts) throw error;
    }
  }
}

/** invalid_sql_statement_name: said before anything runs. */
const unknownStatement = "26000";
/** Pools behind a pooler that forgets what a client prepared. */
const unprepared = new WeakSet<Pool>();

const maxAttempts = 5;
/** serialization_failure, deadlock_detected: the transaction changed nothing and may run again. */
export const transientCodes: ReadonlySet<string> = new Set(["40001", "40P01"]);

interface Prepared {
  /**
   * All connections to the embedded database share one session, and with it the names of prepared statements; so each connection has its own.
   */
  readonly serial: string;
  /** When this connection's plans were last made anew, on the monotonic clock, and for how long they hold. */
  plannedAt: number;
  holdsMs: number;
}

const prepared = new WeakMap<PoolClient, Prepared>();
const firstHoldMs = 500;
const longestHoldMs = 60_000;

/**
 * What this connection's statement names end with.
 * A plan made while a table is empty reads all of it, and is kept when there are millions of rows, until somebody runs ANALYZE:
 * on the embedded database nobody does. So plans are made anew, at first soon, later each minute.
 */
async function serialOf(client: PoolClient): Promise<string> {
  const now = performance.now();
  const known = prepared.get(client);
  if (!known) {
    // The planner takes a tenth of a table for a LIMIT that it cannot foresee. From 300,000 open units on that made the grant seem costly enough to be
    // compiled, which took 230 ms where running takes one. Behind a pooler others get the setting too, and do without a compiler.
    await client.query("SET jit = off");
    const serial = Math.random().toString(36).slice(2, 12);
    prepared.set(client, { serial, plannedAt: now, holdsMs: firstHoldMs });
    return serial;
  }
  if (now - known.plannedAt > known.holdsMs) {
    await client.query("DISCARD PLANS");
    known.plannedAt = now;
    known.holdsMs = Math.min(longestHoldMs, 2 * known.holdsMs);
  }
  return known.serial;
}
