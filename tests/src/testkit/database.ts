import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startInMemory } from "@widefield/prisma/embedded";
import { migrate } from "@widefield/prisma/migrate";
import { readMigrations } from "@widefield/prisma/migration-folder";
import { Client } from "pg";
import { afterAll, describe } from "vitest";
import { type PostgresServer, postgresBin, startPostgres } from "./postgres-server.ts";

export type DatabaseKind = "postgres" | "pglite";

/** Whether a real Postgres can be started here; where it cannot, its tests are skipped, and in CI they fail. */
export const hasPostgres = postgresBin() !== null || process.env.CI === "true";

/** A migrated, empty database. It goes when the test file ends. */
export interface FreshDatabase {
  readonly kind: DatabaseKind;
  readonly url: string;
}

/**
 * Declares the same tests for a real Postgres and for the embedded database; the first are skipped where the machine has none.
 * @example describeOnEachDatabase("leases", (fresh) => { test("…", async () => { const { url } = await fresh(); … }) })
 */
export function describeOnEachDatabase(
  title: string,
  declare: (fresh: () => Promise<FreshDatabase>, kind: DatabaseKind) => void,
): void {
  describe.skipIf(!hasPostgres)(`${title} (postgres)`, () => declare(() => freshDatabase("postgres"), "postgres"));
  describe(`${title} (pglite)`, () => declare(() => freshDatabase("pglite"), "pglite"));
}

/**
 * A migrated database of its own, in about .1 s after the first of its kind in a test file.
 * @throws where the machine has no Postgres (guard by `hasPostgres`).
 */
export async function freshDatabase(kind: DatabaseKind): Promise<FreshDatabase> {
  return kind === "postgres" ? createOnPostgres(template) : cloneOnPglite();
}

/** A database without any table. It goes when the test file ends. */
export async function emptyDatabase(kind: DatabaseKind): Promise<FreshDatabase> {
  if (kind === "postgres") return createOnPostgres("template1");
  const { url, stop } = await startPglite();
  closers.push(stop);
  return { kind, url };
}

/** An empty embedded database in memory, not migrated. */
export async function startPglite(): Promise<{ url: string; stop(): Promise<void> }> {
  const database = await startInMemory();
  return { url: database.url, stop: () => database.close() };
}

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  postgres = null;
});

const template = "widefield_template";
let postgres: Promise<PostgresServer> | null = null;
let clones = 0;

async function createOnPostgres(from: string): Promise<FreshDatabase> {
  postgres ??= startMigrated();
  const server = await postgres;
  const name = `widefield_${++clones}`;
  await execute(server.url, `CREATE DATABASE ${name} TEMPLATE ${from}`);
  return { kind: "postgres", url: server.urlOf(name) };
}

async function startMigrated(): Promise<PostgresServer> {
  const server = await startPostgres();
  if (server === null) throw new Error("No Postgres 15 or newer on this machine.");
  closers.push(() => server.stop());
  await execute(server.url, `CREATE DATABASE ${template}`);
  await migrate(server.urlOf(template));
  return server;
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

let migrated: Promise<Blob> | null = null;

async function cloneOnPglite(): Promise<FreshDatabase> {
  migrated ??= migratedFiles();
  const database = await startInMemory(await migrated);
  closers.push(() => database.close());
  return { kind: "pglite", url: database.url };
}

/** Kept between test files, by the migrations' content: making a cluster takes seconds, unpacking one does not. */
async function migratedFiles(): Promise<Blob> {
  const digest = createHash("sha256")
    .update(JSON.stringify(await readMigrations()))
    .digest("hex")
    .slice(0, 16);
  const cache = fileURLToPath(new URL("../../../node_modules/.cache/widefield/", import.meta.url));
  const file = join(cache, `migrated-pglite-${digest}.tar`);
  const kept = await readFile(file).catch(() => null);
  if (kept) return new Blob([kept]);
  const database = await startInMemory();
  await migrate(database.url);
  const files = await database.copy();
  await database.close();
  await mkdir(cache, { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, new Uint8Array(await files.arrayBuffer()));
  await rename(draft, file);
  return files;
}
