import { EmbeddedDatabaseInUse, findEmbedded, startEmbedded } from "@widefield/prisma/embedded";
import { migrate } from "@widefield/prisma/migrate";
import { type Database, openDatabase } from "@widefield/prisma/open-database";
import { CommandFailure } from "../failure/command-failure.ts";
import { dataFolder, makeDataFolder } from "../place/data-folder.ts";

/**
 * Runs an action on this machine's database: that of DATABASE_URL, else the embedded one, by its running owner where there is one,
 * or started for this action.
 * @throws CommandFailure when it cannot be used.
 */
export async function withLocalDatabase<Result>(action: (database: Database) => Promise<Result>): Promise<Result> {
  const { url, close } = await locate();
  const database = openDatabase(url, { poolSize: 2, applicationName: "widefield-data" });
  try {
    return await action(database);
  } finally {
    await database.close();
    await close();
  }
}

async function locate(): Promise<{ url: string; close: () => Promise<void> }> {
  const nothing = async () => undefined;
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, close: nothing };
  const folder = dataFolder();
  await makeDataFolder(folder);
  const running = await findEmbedded(folder);
  if (running) return { url: running.url, close: nothing };
  try {
    const own = await startEmbedded(folder);
    await migrate(own.url);
    return { url: own.url, close: () => own.close() };
  } catch (error) {
    if (error instanceof EmbeddedDatabaseInUse) throw new CommandFailure(`${error.message} Try again in a moment.`);
    throw error;
  }
}
