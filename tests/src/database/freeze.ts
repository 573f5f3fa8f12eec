/**
 * Writes the newest schema with the sample rows as `frozen/<migration>.sql`: run it when a schema is about to be released, once per
 * migration, from the repository's root: `npx tsx tests/src/database/freeze.ts`. An existing file is never changed afterwards.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { migrate } from "@widefield/prisma/migrate";
import { readMigrations } from "@widefield/prisma/migration-folder";
import { openDatabase } from "@widefield/prisma/open-database";
import { startPostgres } from "../testkit/postgres-server.ts";
import { writeSampleRows } from "./fixture/sample-rows.ts";

const server = await startPostgres();
if (server === null) throw new Error("This needs a Postgres on the machine.");
try {
  await migrate(server.url);
  const database = openDatabase(server.url);
  await writeSampleRows(database);
  await database.close();
  const dump = execFileSync(join(server.bin, "pg_dump"), ["--inserts", "--no-owner", "--no-privileges", server.url], {
    encoding: "utf8",
  });
  // Only statements: no settings of the session, which everybody shares on the embedded database, and no words of psql.
  const lines = dump.split("\n").filter((line) => !/^(SET |SELECT pg_catalog\.set_config|\\|--|$)/.test(line));
  const newest = (await readMigrations()).at(-1)?.name.slice(0, 4);
  const folder = join(import.meta.dirname, "frozen");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${newest}.sql`), `${lines.join("\n")}\n`, {
    flag: process.argv[2] === "--again" ? "w" : "wx",
  });
} finally {
  await server.stop();
}
