import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { EmbeddedDatabaseInUse, findEmbedded, startEmbedded } from "@widefield/prisma/embedded";
import { migrate } from "@widefield/prisma/migrate";
import { openDatabase } from "@widefield/prisma/open-database";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "widefield-embedded-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const owners = new Set<ChildProcess>();
afterAll(() => {
  for (const owner of owners) owner.kill("SIGKILL");
});

/** Another process that tries to own the folder, and the first line it says. */
async function spawnOwner(): Promise<{ owner: ChildProcess; says: { url?: string; inUse?: unknown } }> {
  const script = join(import.meta.dirname, "fixture", "embedded-owner.ts");
  const owner = spawn(process.execPath, ["--import", "tsx", script, folder], { stdio: ["ignore", "pipe", "inherit"] });
  owners.add(owner);
  const lines = createInterface(owner.stdout);
  const [line] = await once(lines, "line", { signal: AbortSignal.timeout(40_000) });
  return { owner, says: JSON.parse(String(line)) };
}

async function ended(owner: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exit = once(owner, "exit");
  owner.kill(signal);
  await exit;
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  onTestFinished(() => client.end().catch(() => undefined));
  await client.connect();
  return client;
}

describe("the embedded database of a folder", () => {
  test("survives a killed owner with what was committed, is found by others, and has one owner at a time", async () => {
    const first = await spawnOwner();
    const url = first.says.url ?? "";
    await migrate(url);
    const database = openDatabase(url);
    await database.prisma.volunteer.create({ data: { name: "Ada", email: "ada@example.org" } });
    await database.close();

    // Others find it; nobody else gets it.
    expect(await findEmbedded(folder)).toEqual({ url, pid: first.owner.pid });
    expect(statSync(join(folder, "database.json")).mode & 0o077).toBe(0);
    const refusal = await startEmbedded(folder).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(EmbeddedDatabaseInUse);
    expect(refusal).toMatchObject({ pid: first.owner.pid, address: new URL(url).host });
    const { says } = await spawnOwner();
    expect(says.inUse).toMatchObject({
      pid: first.owner.pid,
      message: expect.stringContaining(`process ${first.owner.pid}`),
    });

    // Killed in the middle of a transaction: the committed row stays, the other is gone, the lock is no obstacle.
    const client = await connect(url);
    await client.query(
      "BEGIN; INSERT INTO volunteers (id, name, email) VALUES (gen_random_uuid(), 'Bob', 'bob@example.org')",
    );
    await ended(first.owner, "SIGKILL");
    expect(await findEmbedded(folder)).toBeNull();
    // Of two that now want it at once, one gets it.
    const rivals = await Promise.all([spawnOwner(), spawnOwner()]);
    const [second] = rivals.filter((rival) => rival.says.url !== undefined);
    expect(rivals.filter((rival) => rival.says.inUse !== undefined)).toHaveLength(1);
    if (second === undefined) throw new Error("nobody owns the folder");
    const again = openDatabase(second.says.url ?? "");
    expect(await migrate(second.says.url ?? "")).toEqual({ applied: [] });
    expect((await again.prisma.volunteer.findMany()).map((volunteer) => volunteer.name)).toEqual(["Ada"]);
    await again.close();

    // Ended cleanly, it leaves no record, and the next start finds the data.
    await ended(second.owner, "SIGTERM");
    expect(await findEmbedded(folder)).toBeNull();
    const third = await startEmbedded(folder);
    await expect(startEmbedded(folder)).rejects.toThrow(`in use by process ${process.pid}`);
    const last = openDatabase(third.url);
    expect(await last.prisma.volunteer.count()).toBe(1);
    await last.close();
    await third.close();
  }, 120_000);
});

describe("many clients of the embedded database", () => {
  let url = "";
  let close = async () => {};
  beforeAll(async () => {
    const own = mkdtempSync(join(tmpdir(), "widefield-embedded-"));
    const database = await startEmbedded(own, { idleInTransactionMs: 500 });
    url = database.url;
    close = async () => {
      await database.close();
      rmSync(own, { recursive: true, force: true });
    };
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(
      "CREATE TABLE counter (id int PRIMARY KEY, value int NOT NULL); INSERT INTO counter VALUES (1, 0)",
    );
    await client.end();
  });
  afterAll(() => close());

  test("a client without the password is turned away", async () => {
    const stranger = new Client({ connectionString: url.replace(/:[^:@]*@/, ":guess@") });
    await expect(stranger.connect()).rejects.toMatchObject({ code: "28P01" });
  });

  test("each get their own answers, also when a statement is larger than a packet", async () => {
    const clients = await Promise.all(Array.from({ length: 50 }, () => connect(url)));
    const answers = await Promise.all(
      clients.map(async (client, i) => {
        const text = "x".repeat((i % 5) * 400_000);
        const { rows } = await client.query(`SELECT length($1::text) AS length_${i}, $2::int AS client`, [text, i]);
        return rows;
      }),
    );
    expect(answers).toEqual(clients.map((_, i) => [{ [`length_${i}`]: (i % 5) * 400_000, client: i }]));
  });

  test("never mix their transactions", async () => {
    const clients = await Promise.all(Array.from({ length: 50 }, () => connect(url)));
    await Promise.all(
      clients.map(async (client, i) => {
        for (let round = 0; round < 4; round++) {
          await client.query("BEGIN");
          const { rows } = await client.query("SELECT value FROM counter WHERE id = 1");
          await client.query("UPDATE counter SET value = $1 WHERE id = 1", [rows[0].value + 1]);
          await client.query((i + round) % 2 === 0 ? "COMMIT" : "ROLLBACK");
        }
      }),
    );
    const { rows } = await (await connect(url)).query("SELECT value FROM counter");
    expect(rows).toEqual([{ value: 100 }]);
  });

  test("fifty interactive transactions of Prisma at once all end", async () => {
    const database = openDatabase(url);
    onTestFinished(() => database.close());
    await database.pool.query("UPDATE counter SET value = 0");
    await Promise.all(
      Array.from({ length: 50 }, () =>
        database.prisma.$transaction(async (tx) => {
          const rows = await tx.$queryRaw<{ value: number }[]>`SELECT value FROM counter`;
          await tx.$executeRaw`UPDATE counter SET value = ${(rows[0]?.value ?? 0) + 1}`;
        }),
      ),
    );
    const { rows } = await database.pool.query("SELECT value FROM counter");
    expect(rows).toEqual([{ value: 50 }]);
  });

  test("an error in a statement or in a transaction stays with its client", async () => {
    const [one, other] = [await connect(url), await connect(url)];
    await one.query("BEGIN");
    await expect(one.query("SELECT 1 / $1::int", [0])).rejects.toMatchObject({ code: "22012" });
    await expect(one.query("SELECT 1")).rejects.toMatchObject({ code: "25P02" });
    const waiting = other.query("SELECT 2 AS two");
    await one.query("ROLLBACK");
    expect((await waiting).rows).toEqual([{ two: 2 }]);
  });

  test("a client that vanishes in a transaction holds nobody up, and its changes are undone", async () => {
    const [one, other] = [await connect(url), await connect(url)];
    await one.query("BEGIN");
    await one.query("UPDATE counter SET value = -1");
    await one.end();
    expect((await other.query("SELECT value >= 0 AS fine FROM counter")).rows).toEqual([{ fine: true }]);
  });

  test("a client that falls silent in a transaction is hung up on", async () => {
    const [one, other] = [await connect(url), await connect(url)];
    const hungUp = new Promise<Error>((resolve) => one.once("error", resolve));
    await one.query("BEGIN");
    await one.query("UPDATE counter SET value = -1");
    expect((await other.query("SELECT value >= 0 AS fine FROM counter")).rows).toEqual([{ fine: true }]);
    expect(await hungUp).toMatchObject({ code: "25P03" });
  });
});
