import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { type Migration, migrationFolder, readMigrations } from "./migration-folder.ts";

/** The lock that Prisma's own `migrate deploy` takes; so the two wait for each other. */
const prismaMigrationLock = 72707369;

/** The database cannot be brought to this code's schema, and why, in words for the operator. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

/**
 * Brings a database to the newest schema. Each migration and its record commit together, so a failing one leaves nothing behind.
 * Of several processes that start at once, one migrates and the others wait for it.
 * @param url of an ordinary connection: a pooler in transaction mode loses the lock.
 * @param folder in Prisma's layout; the default is this workspace's.
 * @returns the names of the migrations that this call applied, in order.
 * @throws `MigrationError` when a migration fails, or the database's history is not a beginning of this folder's.
 */
export async function migrate(url: string, folder = migrationFolder): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(folder);
  const client = new Client({ connectionString: url, application_name: "widefield-migrate" });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [prismaMigrationLock]);
    try {
      await client.query(historyTable);
      const pending = pendingAfter(await readHistory(client), migrations);
      for (const migration of pending) await apply(client, migration);
      return { applied: pending.map((migration) => migration.name) };
    } finally {
      await client.query("SELECT pg_advisory_unlock($1)", [prismaMigrationLock]);
    }
  } finally {
    await client.end();
  }
}

interface AppliedMigration {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/** Column for column as Prisma creates it. */
const historyTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

async function readHistory(client: Client): Promise<AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows;
}

function pendingAfter(history: readonly AppliedMigration[], migrations: readonly Migration[]): readonly Migration[] {
  for (const [index, applied] of history.entries()) {
    const expected = migrations[index];
    if (!applied.finished) {
      throw new MigrationError(
        `Migration ${applied.name} failed half-way under another tool. Mend the database, then run ` +
          `"prisma migrate resolve --rolled-back ${applied.name}" (or --applied).`,
      );
    }
    if (expected?.name !== applied.name) {
      throw new MigrationError(
        `The database has migration ${applied.name}, which this version of Widefield does not know here. ` +
          "It was used by a newer version: run that version, or restore a backup.",
      );
    }
    if (expected.checksum !== applied.checksum) {
      throw new MigrationError(
        `Migration ${applied.name} was changed after it had been applied to this database. ` +
          "Restore the file; if the database holds nothing of worth, remove it and start anew.",
      );
    }
  }
  return migrations.slice(history.length);
}

/** The simple protocol takes the whole script as it is; nothing splits it at semicolons. */
async function apply(client: Client, migration: Migration): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       VALUES ($1, $2, clock_timestamp(), $3, now(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationError(`Migration ${migration.name} failed and was undone: ${reason}`, { cause: error });
  }
}
