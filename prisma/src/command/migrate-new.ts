import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { migrationDiff } from "../migration-diff.ts";
import { migrationFolder, readMigrations } from "../migration-folder.ts";

const name = process.argv[2];
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error("Usage: npm run migrate:new -w @widefield/prisma -- <name>   (lower-case letters, digits and _)");
  process.exit(2);
}
const sql = await migrationDiff();
if (sql === "") {
  console.error("The migrations say what schema.prisma says: there is nothing to write.");
  process.exit(1);
}
const number = (await readMigrations(migrationFolder)).length + 1;
const folder = join(migrationFolder, `${String(number).padStart(4, "0")}_${name}`);
await mkdir(folder);
await writeFile(join(folder, "migration.sql"), `${sql}\n`);
console.log(`Wrote ${folder}/migration.sql. Read it; add by hand what keeps the rows that are there.`);
