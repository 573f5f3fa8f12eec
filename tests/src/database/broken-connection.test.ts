import { randomBytes } from "node:crypto";
import { storeBlob } from "@widefield/datasets/store/store-blob";
import { kernelDigest } from "@widefield/experiments/kernel-digest";
import { LeaseWorkDocument } from "@widefield/graphql/documents";
import { createHandler } from "@widefield/graphql/http";
import { type Database, openDatabase } from "@widefield/prisma/open-database";
import { runStatement } from "@widefield/prisma/statement";
import { inTransaction } from "@widefield/prisma/transaction";
import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { cuttableProxy } from "../testkit/cuttable-proxy.ts";
import { describeOnEachDatabase } from "../testkit/database.ts";

// Had a connection no listener for its errors, they would be uncaught, which Vitest counts as a failure.

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const one = { name: "one", text: "SELECT 1 AS one" };
const write = "UPDATE blobs SET name = name";

/** A transaction of somebody else's that everybody who writes to the table must wait for, or also everybody who reads it. */
async function blocking(
  url: string,
  table: string,
  mode: "EXCLUSIVE" | "ACCESS EXCLUSIVE",
): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  await client.query("BEGIN");
  await client.query(`LOCK TABLE ${table} IN ${mode} MODE`);
  return async () => {
    await client.query("ROLLBACK");
    await client.end();
  };
}

describeOnEachDatabase("a connection that breaks", (fresh, kind) => {
  async function open(): Promise<{ database: Database; direct: string; cut: () => void }> {
    const { url: direct } = await fresh();
    const { url, cut } = await cuttableProxy(direct);
    const database = openDatabase(url, { poolSize: 2 });
    onTestFinished(() => database.close());
    return { database, direct, cut };
  }

  const works: [string, (database: Database) => Promise<unknown>][] = [
    ["a statement", (database) => runStatement(database, { name: "write", text: write }, [])],
    ["a transaction", (database) => inTransaction(database, (client) => client.query(write))],
    [
      "a file that is stored",
      (database) => storeBlob(database, { name: "n", mediaType: "a/b", content: randomBytes(9) }),
    ],
  ];
  test.each(works)("under %s fails it alone: the process lives, and the next call works", async (_what, work) => {
    const { database, direct, cut } = await open();
    await runStatement(database, one, []);
    const release = await blocking(direct, "blobs", "EXCLUSIVE");
    const outcome = work(database).catch((error: unknown) => error);
    await pause(100);
    cut();
    expect(String(await outcome)).toMatch(/terminated|closed the connection|ECONNRESET|EPIPE/);
    await release();
    await work(database);
  });

  test("between two statements of a transaction names the break, not merely that nothing more can be asked", async () => {
    const { database, cut } = await open();
    const outcome = inTransaction(database, async (client) => {
      await client.query("SELECT 1");
      cut();
      await pause(100);
      await client.query("SELECT 2");
    });
    await expect(outcome).rejects.toThrow(/terminated|ECONNRESET|EPIPE/);
    expect(await runStatement(database, one, [])).toEqual([{ one: 1 }]);
  });

  test.skipIf(kind === "pglite")("is answered SERVICE_UNAVAILABLE, and asking again works", async () => {
    const { database, direct, cut } = await open();
    const handler = createHandler({ database, secret: "a secret of thirty-two characters" });
    onTestFinished(() => handler.close());
    const post = (path: string, body: unknown, token = "") =>
      handler(
        new Request(`http://localhost:3000/api/${path}`, {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
          body: JSON.stringify(body),
        }),
        { address: "127.0.0.1" },
      );
    const token = (await post("auth/sign-in/anonymous", {})).headers.get("set-auth-token") ?? "";
    const lease = { query: LeaseWorkDocument, variables: { input: { hostId: "nobody's", kernelDigest } } };
    const ask = async () => (await post("graphql", lease, token)).json();
    await ask();
    const release = await blocking(direct, "hosts", "ACCESS EXCLUSIVE");
    const answer = ask();
    await pause(200);
    cut();
    expect((await answer).errors).toMatchObject([{ extensions: { code: "SERVICE_UNAVAILABLE" } }]);
    await release();
    expect(await ask()).toMatchObject({ data: { leaseWork: { __typename: "NotFound" } } });
  });
});

describeOnEachDatabase("a session that forgets what was prepared", (fresh) => {
  test("as behind a pooler, is told the statement anew", async () => {
    const { url } = await fresh();
    const database = openDatabase(url, { poolSize: 1 });
    onTestFinished(() => database.close());
    for (let call = 0; call < 3; call++) {
      expect(await runStatement(database, { name: "sum", text: "SELECT $1::int + 1 AS sum" }, [call])).toEqual([
        { sum: call + 1 },
      ]);
      await database.pool.query("DEALLOCATE ALL");
    }
  });
});
