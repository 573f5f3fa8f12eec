import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databaseHealth } from "@widefield/prisma/database-health";
import { MigrationError, migrate } from "@widefield/prisma/migrate";
import { migrationDiff } from "@widefield/prisma/migration-diff";
import { migrationFolder, readMigrations } from "@widefield/prisma/migration-folder";
import { openDatabase } from "@widefield/prisma/open-database";
import { schemaEngine } from "@widefield/prisma/schema-engine";
import { describe, expect, onTestFinished, test } from "vitest";
import { describeOnEachDatabase, emptyDatabase, hasPostgres } from "../testkit/database.ts";
import { writeSampleRows } from "./fixture/sample-rows.ts";

const names = (await readMigrations()).map((migration) => migration.name);

/** The real migrations and one more, in a folder that goes with the test. */
function folderWith(name: string, sql: string): string {
  const folder = mkdtempSync(join(tmpdir(), "widefield-migrations-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(migrationFolder, folder, { recursive: true });
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "migration.sql"), sql);
  return folder;
}

function open(url: string) {
  const database = openDatabase(url);
  onTestFinished(() => database.close());
  return database;
}

describeOnEachDatabase("migrating", (fresh, kind) => {
  test("an empty database gets every migration once, and the next start none", async () => {
    const { url } = await emptyDatabase(kind);
    expect(await migrate(url)).toEqual({ applied: names });
    expect(await migrate(url)).toEqual({ applied: [] });
    const database = open(url);
    expect(await databaseHealth(database)).toMatchObject({ ok: true });
    expect(await database.prisma.volunteer.count()).toBe(0);
  });

  test("a migration that fails half-way leaves nothing, and says why", async () => {
    const { url } = await fresh();
    const folder = folderWith("9000_bad", "CREATE TABLE half (a int);\nSELECT 1 / 0;");
    await expect(migrate(url, folder)).rejects.toThrow(
      new MigrationError("Migration 9000_bad failed and was undone: division by zero"),
    );
    const { rows } = await open(url).pool.query(
      "SELECT to_regclass('half') AS half, count(*)::int FROM _prisma_migrations",
    );
    expect(rows).toEqual([{ half: null, count: names.length }]);
    // Mended, it goes on.
    const mended = folderWith(
      "9000_bad",
      "CREATE TABLE half (a int); -- a ; in a comment\nINSERT INTO half VALUES (1);",
    );
    expect(await migrate(url, mended)).toEqual({ applied: ["9000_bad"] });
  });

  test("a history that is not ours is refused", async () => {
    const { url } = await fresh();
    const newer = folderWith("9000_newer", "CREATE TABLE newer (a int);");
    await migrate(url, newer);
    await expect(migrate(url)).rejects.toThrow("used by a newer version");
    const edited = folderWith("9000_newer", "CREATE TABLE newer (b int);");
    await expect(migrate(url, edited)).rejects.toThrow("9000_newer was changed after");
  });

  test("Prisma's own engine finds nothing to apply after ours", async () => {
    const { url } = await fresh();
    const { engine, close } = await schemaEngine(url, 'datasource db {\n provider = "postgresql"\n}');
    onTestFinished(close);
    const filters = { externalTables: [], externalEnums: [] };
    const migrationDirectories = (await readMigrations()).map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: sql } },
    }));
    const lockfile = { path: "migration_lock.toml", content: 'provider = "postgresql"\n' };
    const migrationsList = { baseDir: migrationFolder, lockfile, shadowDbInitScript: "", migrationDirectories };
    expect(await engine.applyMigrations({ migrationsList, filters })).toEqual({ appliedMigrationNames: [] });
  });

  test("what the schema language cannot say holds: no slot below zero, no volunteer twice on one unit", async () => {
    const { url } = await fresh();
    const database = open(url);
    const { unitId, studyId, hostId, volunteerId } = await writeSampleRows(database);
    await expect(database.prisma.workUnit.update({ where: { id: unitId }, data: { openSlots: -1 } })).rejects.toThrow(
      "work_units_open_slots_check",
    );
    const lease = (tokenHash: string) =>
      database.prisma.lease.create({
        data: {
          ...{ unitId, studyId, hostId, volunteerId, tokenHash },
          numericsClass: "wasm",
          reissueAt: new Date(),
          refuseAt: new Date(),
        },
      });
    await expect(lease("another")).rejects.toMatchObject({ code: "P2002" });
    await database.prisma.lease.updateMany({ data: { state: "RELEASED" } });
    await expect(lease("another")).resolves.toMatchObject({ state: "ACTIVE" });
  });
});

describe.skipIf(!hasPostgres)("migrating Postgres", () => {
  test("of four processes that start at once, one migrates and the others wait", async () => {
    const { url } = await emptyDatabase("postgres");
    const reports = await Promise.all([migrate(url), migrate(url), migrate(url), migrate(url)]);
    expect(reports.flatMap((report) => report.applied)).toEqual(names);
  });
});

describe("the migrations", () => {
  test("make exactly what schema.prisma says", async () => {
    expect(await migrationDiff()).toBe("");
  });

  test("that make something else are found out", async () => {
    const folder = folderWith("9000_drift", 'ALTER TABLE "volunteers" DROP COLUMN "trusted";');
    expect(await migrationDiff(folder)).toContain('ADD COLUMN     "trusted" BOOLEAN NOT NULL DEFAULT false');
  });
});
