import { openDatabase } from "@widefield/prisma/open-database";
import { type UpkeepReport, upkeep } from "../upkeep/upkeep.ts";

/**
 * One run of the upkeep on the database of DATABASE_URL, for a schedule; keeps no connection.
 * @throws Error when the variable is missing or the database cannot be reached.
 */
export async function upkeepFromEnv(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<UpkeepReport> {
  if (!env.DATABASE_URL) throw new Error("DATABASE_URL is not set.");
  const database = openDatabase(env.DATABASE_URL, { poolSize: 1, applicationName: "widefield-upkeep" });
  try {
    return await upkeep(database);
  } finally {
    await database.close();
  }
}
