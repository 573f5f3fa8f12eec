import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "@widefield/prisma/migrate";
import { migrationFolder, readMigrations } from "@widefield/prisma/migration-folder";
import { openDatabase } from "@widefield/prisma/open-database";
import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { describeOnEachDatabase, emptyDatabase } from "../testkit/database.ts";
import { sampleIds } from "./fixture/sample-rows.ts";

const frozen = readdirSync(join(import.meta.dirname, "frozen")).filter((name) => name.endsWith(".sql"));
const migrations = await readMigrations();

describeOnEachDatabase("a database of an earlier schema", (_, kind) => {
  test.each(frozen)("%s migrates and still answers", async (name) => {
    const { url } = await restored(kind, name);
    const behind = migrations.filter((migration) => migration.name.slice(0, 4) > name.slice(0, 4));
    expect(await migrate(url)).toEqual({ applied: behind.map((migration) => migration.name) });
    await expectSampleRows(url);
  });

  test("takes the next migration without losing a row", async () => {
    const { url } = await restored(kind, "0001.sql");
    await migrate(url);
    const folder = mkdtempSync(join(tmpdir(), "widefield-migrations-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    cpSync(migrationFolder, folder, { recursive: true });
    mkdirSync(join(folder, "9000_next"));
    writeFileSync(
      join(folder, "9000_next", "migration.sql"),
      `ALTER TABLE studies ADD COLUMN motto text NOT NULL DEFAULT 'width';
       UPDATE studies SET motto = 'wider; ' || title;`,
    );
    expect(await migrate(url, folder)).toEqual({ applied: ["9000_next"] });
    expect(await query(url, "SELECT motto FROM studies")).toEqual([{ motto: "wider; Does width help?" }]);
    await expectSampleRows(url);
  });
});

async function restored(kind: "postgres" | "pglite", name: string): Promise<{ url: string }> {
  const database = await emptyDatabase(kind);
  await query(database.url, readFileSync(join(import.meta.dirname, "frozen", name), "utf8"));
  return database;
}

async function expectSampleRows(url: string): Promise<void> {
  const database = openDatabase(url);
  onTestFinished(() => database.close());
  const study = await database.prisma.study.findUniqueOrThrow({
    where: { slug: "does-width-help" },
    include: {
      trials: { include: { canonicalResult: { include: { curves: true, measurements: true } } } },
      decisions: true,
    },
  });
  expect(study.decisions.map((decision) => decision.kind)).toEqual(["PUBLISHED", "CANONICAL"]);
  expect(study.trials).toMatchObject([
    {
      params: { width: 64, parametrization: "mup" },
      state: "VALID",
      canonicalResult: {
        id: sampleIds.resultId,
        createdAt: new Date("2026-11-20T12:00:00Z"),
        curves: [{ steps: [0, 10, 20], values: [0.1234567890123456, 1, 0.1] }],
        measurements: expect.arrayContaining([
          expect.objectContaining({ metric: "testLoss", value: 0.125 }),
          expect.objectContaining({ metric: "testAccuracy", value: null }),
        ]),
      },
    },
    { seed: 8, state: "PENDING", canonicalResult: null },
  ]);
  const unit = await database.prisma.workUnit.findUniqueOrThrow({ where: { id: sampleIds.openUnitId } });
  expect(unit).toMatchObject({ state: "OPEN", openSlots: 1 });
  const chunk = await database.prisma.blobChunk.findFirstOrThrow();
  expect([...chunk.data]).toEqual([0, 255]);
  // It can be written to as well.
  await database.prisma.study.update({ where: { id: study.id }, data: { state: "PAUSED" } });
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
