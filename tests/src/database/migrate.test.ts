import { databaseHealth } from "@widefield/prisma/database-health";
import { openDatabase } from "@widefield/prisma/open-database";
import { expect, test } from "vitest";
import { describeOnEachDatabase } from "../testkit/database.ts";

describeOnEachDatabase("a fresh database", (fresh) => {
  test("answers through Prisma and through pg", async () => {
    const { url } = await fresh();
    const database = openDatabase(url);
    expect(await databaseHealth(database)).toMatchObject({ ok: true });
    const volunteer = await database.prisma.volunteer.create({ data: { name: "Ada", email: "ada@example.org" } });
    expect(await database.prisma.volunteer.count()).toBe(1);
    const { rows } = await database.pool.query("SELECT id FROM volunteers");
    expect(rows).toEqual([{ id: volunteer.id }]);
    await database.close();
  });

  test("is empty whatever other tests wrote", async () => {
    const { url } = await fresh();
    const database = openDatabase(url);
    expect(await database.prisma.volunteer.count()).toBe(0);
    await database.close();
  });
});
