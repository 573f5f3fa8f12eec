import { ensureBuiltIn } from "@widefield/datasets/store/ensure-built-in";
import { ensureOperator } from "@widefield/graphql/auth/operator";
import { EmbeddedDatabaseInUse, startEmbedded } from "@widefield/prisma/embedded";
import { MigrationError, migrate } from "@widefield/prisma/migrate";
import { openDatabase } from "@widefield/prisma/open-database";
import { CommandFailure } from "../failure/command-failure.ts";

/** A migrated database with the built-in datasets and the operator's account. */
export interface StartedDatabase {
  readonly url: string;
  readonly kind: "embedded" | "postgres";
  /** Names of the migrations that were applied now. */
  readonly migrations: readonly string[];
  /** Of the operator's account, trusted. */
  readonly operatorToken: string;
  /** Writes everything to disk; a Postgres elsewhere is left alone. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly dataFolder: string;
  /** A Postgres; left out: the embedded database in the data folder. */
  readonly url?: string | undefined;
  /** Called when the embedded database is no longer ours. */
  readonly onLost: (error: Error) => void;
}

/** @throws CommandFailure when it cannot be reached, is in use, or does not migrate. */
export async function startDatabase({ dataFolder, url, onLost }: DatabaseOptions): Promise<StartedDatabase> {
  const embedded = url === undefined ? await startEmbeddedHere(dataFolder, onLost) : null;
  const address = embedded?.url ?? url ?? "";
  try {
    const { applied } = await migrateHere(address);
    const database = openDatabase(address, { poolSize: 2, applicationName: "widefield-start" });
    try {
      await ensureBuiltIn(database, [dataFolder]);
      const { token } = await ensureOperator(database);
      return {
        url: address,
        kind: embedded ? "embedded" : "postgres",
        migrations: applied,
        operatorToken: token,
        close: async () => embedded?.close(),
      };
    } finally {
      await database.close();
    }
  } catch (error) {
    await embedded?.close();
    throw error;
  }
}

async function startEmbeddedHere(dataFolder: string, onLost: (error: Error) => void) {
  try {
    return await startEmbedded(dataFolder, { onLost });
  } catch (error) {
    if (error instanceof EmbeddedDatabaseInUse) throw new CommandFailure(`${error.message} Stop that process first.`);
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(
      `The database in ${dataFolder} does not start (${reason}). If the disk is full, make room; ` +
        "if its files are damaged, restore a backup as the README says.",
      1,
      { cause: error },
    );
  }
}

async function migrateHere(url: string) {
  try {
    return await migrate(url);
  } catch (error) {
    if (error instanceof MigrationError) throw new CommandFailure(error.message, 1, { cause: error });
    const reason = error instanceof Error ? error.message || error.name : String(error);
    throw new CommandFailure(`The database of DATABASE_URL cannot be used: ${reason}`, 1, { cause: error });
  }
}
