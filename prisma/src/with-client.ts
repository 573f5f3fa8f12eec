import { DatabaseError, type PoolClient } from "pg";
import type { Database } from "./open-database.ts";

/**
 * Lends `work` one connection of the pool, and takes it back however that ends.
 * The pool listens for errors of idle connections only; one that breaks while it is lent out would end the process with an unhandled "error" event.
 * Here its statement rejects, as does whatever `work` asks of it afterwards, and the pool makes another one for the next call.
 * A connection that `work` leaves inside a transaction is closed: closing it rolls back.
 */
export async function withClient<Result>(
  { pool }: Pick<Database, "pool">,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const listen = (error: Error): void => {
    broken = error;
  };
  client.on("error", listen);
  try {
    return await work(client);
  } catch (error) {
    // Why, and not merely that the connection can no longer be used.
    throw error instanceof DatabaseError ? error : (broken ?? error);
  } finally {
    client.removeListener("error", listen);
    client.release(broken ?? client.getTransactionStatus() !== "I");
  }
}
