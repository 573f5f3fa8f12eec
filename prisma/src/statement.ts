import { DatabaseError, type PoolClient, type QueryResultRow } from "pg";
import type { Database } from "./open-database.ts";

/** A statement that a connection plans once: the long ones of the work protocol take longer to plan than to run. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/**
 * Runs a prepared statement on any connection of the pool, in a transaction of its own.
 * A statement that loses to another transaction (deadlock, serialization) runs again: it had changed nothing.
 */
export async function runStatement<Row extends QueryResultRow>(
  database: Database,
  statement: Statement,
  values: readonly unknown[],
): Promise<Row[]> {
  for (let attempt = 1; ; attempt++) {
    const client = await database.pool.connect();
    try {
      const { rows } = await client.query<Row>({
        name: `${statement.name}_${serialOf(client)}`,
        text: statement.text,
        values: [...values],
      });
      return rows;
    } catch (error) {
      if (attempt >= maxAttempts || !(error instanceof DatabaseError) || !transientCodes.has(error.code ?? ""))
        throw error;
    } finally {
      client.release();
    }
  }
}

const maxAttempts = 5;
/** serialization_failure, deadlock_detected: the transaction changed nothing and may run again. */
export const transientCodes: ReadonlySet<string> = new Set(["40001", "40P01"]);

/**
 * All connections to the embedded database share one session, and with it the names of prepared statements; so each connection uses its own.
 */
const serials = new WeakMap<PoolClient, string>();

function serialOf(client: PoolClient): string {
  let serial = serials.get(client);
  if (serial === undefined) {
    serial = Math.random().toString(36).slice(2, 12);
    serials.set(client, serial);
  }
  return serial;
}
