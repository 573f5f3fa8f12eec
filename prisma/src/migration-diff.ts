import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { startInMemory } from "./embedded.ts";
import { migrate } from "./migrate.ts";
import { migrationFolder, schemaFile } from "./migration-folder.ts";
import { schemaEngine } from "./schema-engine.ts";

/**
 * What is missing between the migrations and `schema.prisma`, as SQL; empty when they say the same.
 * The migrations run on a database in memory, which is then read back: what they really make is compared, not what they look like.
 * (The engine does not see check constraints and partial indexes: those are kept by hand.)
 */
export async function migrationDiff(folder = migrationFolder): Promise<string> {
  const database = await startInMemory();
  try {
    await migrate(database.url, folder);
    const schema = await readFile(schemaFile, "utf8");
    const files = [{ path: "schema.prisma", content: schema }];
    const { engine, close } = await schemaEngine(database.url, schema);
    try {
      const { stdout } = await engine.diff({
        // The database behind the engine's adapter.
        from: { tag: "schemaDatasource", files, configDir: dirname(schemaFile) },
        to: { tag: "schemaDatamodel", files },
        script: true,
        exitCode: null,
        filters: { externalTables: [], externalEnums: [] },
      });
      const script = stdout?.trim() ?? "";
      return script.startsWith("-- This is an empty migration") ? "" : script;
    } finally {
      await close();
    }
  } finally {
    await database.close();
  }
}
