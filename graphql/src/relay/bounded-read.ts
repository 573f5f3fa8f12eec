import type { Database } from "@widefield/prisma/open-database";
import { withClient } from "@widefield/prisma/with-client";

/** Milliseconds that one statement of a reader may take. */
const readTimeoutMs = 20_000;

/**
 * Runs a statement that may read a whole study or more, and lets the database end it when it takes too long (Postgres code 57014).
 * The limit holds for its transaction alone: as a setting of the connection, poolers refuse it or hand it on to others. The embedded database
 * has no clock to end a statement by, and ignores it.
 */
export async function boundedRead<Row extends object>(
  database: Pick<Database, "pool">,
  statement: { readonly text: string; readonly values: readonly unknown[] },
  timeoutMs: number = readTimeoutMs,
): Promise<Row[]> {
  return withClient(database, async (client) => {
    try {
      // Compiling takes longer than what it saves: the estimates for JSON are far too high (a study's axes: 1.6 s compiled, 1.0 s not).
      await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${timeoutMs}; SET LOCAL jit = off`);
      const { rows } = await client.query<Row>(statement.text, [...statement.values]);
      return rows;
    } finally {
      await client.query("ROLLBACK").catch(() => undefined);
    }
  });
}
