import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const migrationFolder = fileURLToPath(new URL("../migrations", import.meta.url));
export const schemaFile = fileURLToPath(new URL("../schema.prisma", import.meta.url));

export interface Migration {
  /** Name of its folder; they run in the order of their names. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file in hex, as Prisma records it. */
  readonly checksum: string;
}

/** The migrations of a folder (this workspace's, unless told) in the layout of Prisma: `<name>/migration.sql`. */
export async function readMigrations(folder = migrationFolder): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}
