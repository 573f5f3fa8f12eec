import { ensureGenerated } from "@widefield/prisma/generate";
import { newId } from "@widefield/prisma/new-id";
import { expect, test } from "vitest";

test("ids are UUIDs of version 7 that sort by their making, also within a millisecond and when the clock steps back", () => {
  const now = Date.now() + 1000;
  const ids = Array.from({ length: 10_000 }, (_, i) => newId(i === 5_000 ? now - 60_000 : now));
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt((ids[0] ?? "").replaceAll("-", "").slice(0, 12), 16)).toBe(now);
});

test("nothing is generated anew while the schema stays", async () => {
  expect(await ensureGenerated()).toBe(false);
});
