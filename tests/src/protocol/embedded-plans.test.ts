import { openDatabase } from "@widefield/prisma/open-database";
import { runStatement, type Statement } from "@widefield/prisma/statement";
import { expect, onTestFinished, test } from "vitest";
import { freshDatabase } from "../testkit/database.ts";

const ten: Statement = { name: "ten", text: "SELECT $1::int + 3 AS ten" };
const kept = "SELECT count(*)::int AS n FROM pg_prepared_statements WHERE name LIKE 'ten%'";

test("statements prepared on the embedded database's one session go with the client that prepared them", async () => {
  const { url } = await freshDatabase("pglite");
  const watcher = openDatabase(url, { poolSize: 1 });
  onTestFinished(() => watcher.close());
  for (let visit = 0; visit < 3; visit++) {
    const database = openDatabase(url, { poolSize: 2 });
    const both = await Promise.all([runStatement(database, ten, [7]), runStatement(database, ten, [7])]);
    expect(both).toEqual([[{ ten: 10 }], [{ ten: 10 }]]);
    expect((await watcher.pool.query(kept)).rows[0].n).toBeGreaterThan(0);
    await database.close();
  }
  await expect.poll(async () => (await watcher.pool.query(kept)).rows[0].n).toBe(0);
});

test("plans are made anew while a connection works, and the answers stay right", async () => {
  const { url } = await freshDatabase("pglite");
  const database = openDatabase(url, { poolSize: 1 });
  onTestFinished(() => database.close());
  for (let at = 0; at < 3; at++) {
    expect(await runStatement(database, ten, [at])).toEqual([{ ten: at + 3 }]);
    await new Promise((resolve) => setTimeout(resolve, 600));
  }
});
