import { formatGraphqlError } from "@widefield/graphql/http/graphql-error";
import { boundedRead } from "@widefield/graphql/relay/bounded-read";
import { openDatabase } from "@widefield/prisma/open-database";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { describeOnEachDatabase } from "../testkit/database.ts";

describeOnEachDatabase("a statement of a reader", (fresh, kind) => {
  async function open() {
    const database = openDatabase((await fresh()).url, { poolSize: 1 });
    onTestFinished(() => database.close());
    return database;
  }

  test("answers with its rows, and leaves the connection as it was", async () => {
    const database = await open();
    expect(await boundedRead(database, { text: "SELECT $1::int AS n", values: [7] })).toEqual([{ n: 7 }]);
    await expect(boundedRead(database, { text: "SELECT 1 / 0", values: [] })).rejects.toMatchObject({ code: "22012" });
    const { rows } = await database.pool.query("SHOW statement_timeout");
    expect(rows).toEqual([{ statement_timeout: "0" }]);
    expect(database.pool.totalCount).toBe(1);
  });

  test("changes nothing", async () => {
    const database = await open();
    const erase = { text: "DELETE FROM studies", values: [] };
    await expect(boundedRead(database, erase)).rejects.toMatchObject({ code: "25006" });
  });

  test.skipIf(kind === "pglite")("that takes too long is ended, and its asker is told so", async () => {
    const database = await open();
    const start = performance.now();
    const error: unknown = await boundedRead(database, { text: "SELECT pg_sleep(20)", values: [] }, 50).catch(
      (reason: unknown) => reason,
    );
    expect(performance.now() - start).toBeLessThan(5_000);
    const told = formatGraphqlError({ message: String(error) }, error, pino({ level: "silent" }));
    expect(told).toMatchObject({
      message: "This took the database too long, and was ended. Nothing was lost: ask for less at once, or filter it.",
      extensions: { code: "SERVICE_UNAVAILABLE" },
    });
    expect(await boundedRead(database, { text: "SELECT 1 AS n", values: [] })).toEqual([{ n: 1 }]);
  });
});
