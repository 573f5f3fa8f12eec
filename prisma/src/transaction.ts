import { DatabaseError, type PoolClient } from "pg";
import type { Database } from "./open-database.ts";
import { transientCodes } from "./statement.ts";
import { withClient } from "./with-client.ts";

/** The connection of an open transaction. */
export type Transaction = PoolClient;

const maxAttempts = 5;

/**
 * Runs `work` in one transaction on one connection: all of it happens, or nothing. `work` runs again when the transaction lost to another one
 * (deadlock, serialization), so it must have no effect elsewhere. On the embedded database everybody else waits until it ends.
 */
export async function inTransaction<Result>(
  database: Database,
  work: (client: Transaction) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withClient(database, (client) => once(client, work));
    } catch (error) {
      const lost = error instanceof DatabaseError && transientCodes.has(error.code ?? "");
      if (attempt >= maxAttempts || !lost) throw error;
    }
  }
}

async function once<Result>(client: Transaction, work: (client: Transaction) => Promise<Result>): Promise<Result> {
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    // Where even this fails, the connection is not used again.
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}
