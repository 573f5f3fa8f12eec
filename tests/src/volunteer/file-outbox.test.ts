import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileOutbox } from "@widefield/volunteer/node/file-outbox";
import { expect, test } from "vitest";
import { testFolder } from "./test-server.ts";

const entry = { leaseId: "a", token: "t", studySlug: "s", results: [] };

test("an entry is there until it is removed; stored twice it is there once", async () => {
  const outbox = fileOutbox(join(await testFolder(), "outbox"));
  expect(await outbox.read()).toEqual([]);
  await outbox.store(entry);
  await outbox.store(entry);
  expect(await outbox.read()).toEqual([entry]);
  await outbox.remove("a");
  expect(await outbox.read()).toEqual([]);
});

test("a damaged file is set aside", async () => {
  const folder = await testFolder();
  const outbox = fileOutbox(folder);
  await outbox.store(entry);
  await writeFile(join(folder, "half.json"), '{"leaseId":"b","tok');
  await writeFile(join(folder, "other.json"), '{"leaseId":7}');
  expect(await outbox.read()).toEqual([entry]);
  expect((await readdir(folder)).filter((name) => !name.endsWith(".json"))).toEqual([
    "half.json.damaged",
    "other.json.damaged",
  ]);
});

test("a file that the system does not read now is left for the next time", async () => {
  const folder = await testFolder();
  const outbox = fileOutbox(folder);
  await outbox.store(entry);
  // EISDIR, whoever asks: root reads files of mode 0 too.
  await mkdir(join(folder, "busy.json"));
  expect(await outbox.read()).toEqual([entry]);
  expect(await readdir(folder)).toContain("busy.json");
});
