import { readDataset } from "@widefield/datasets/store/dataset";
import { ensureBuiltIn } from "@widefield/datasets/store/ensure-built-in";
import { importIdx } from "@widefield/datasets/store/import-idx";
import { findBlob, readBlob } from "@widefield/datasets/store/read-blob";
import { storeBlob } from "@widefield/datasets/store/store-blob";
import { type Database, openDatabase } from "@widefield/prisma/open-database";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeOnEachDatabase } from "../testkit/database.ts";
import { idx, noise, small, smallImport } from "./small-idx.ts";

describeOnEachDatabase("datasets in the database", (fresh) => {
  let database: Database;
  beforeAll(async () => {
    database = openDatabase((await fresh()).url);
  });
  afterAll(() => database.close());

  const file = (content: Uint8Array, sha256?: string) => ({
    name: "noise",
    mediaType: "application/octet-stream",
    content,
    ...(sha256 ? { sha256 } : {}),
  });

  test("a file comes back byte for byte from several rows, and is kept once", async () => {
    const content = noise(700_000);
    const [one, same] = await Promise.all([storeBlob(database, file(content)), storeBlob(database, file(content))]);
    expect(same).toBe(one);
    expect(Buffer.compare(await readBlob(database, one), content)).toBe(0);
    expect(await database.prisma.blobChunk.count({ where: { sha256: one } })).toBe(3);
    const empty = await storeBlob(database, file(new Uint8Array()));
    expect(empty).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect((await readBlob(database, empty)).length).toBe(0);
  });

  test("a file that is not the one named is refused", async () => {
    await expect(storeBlob(database, file(noise(10), "0".repeat(64)))).rejects.toThrow("not the file that was meant");
  });

  test("a write that breaks off leaves nothing to be seen, and can be repeated", async () => {
    const content = noise(700_000, 3);
    await database.pool.query(`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF NEW.index = 2 THEN RAISE EXCEPTION 'no space left on device'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER full_disk BEFORE INSERT ON blob_chunks FOR EACH ROW EXECUTE FUNCTION full_disk();`);
    const before = await database.prisma.blobChunk.count();
    await expect(storeBlob(database, file(content))).rejects.toThrow("no space left");
    expect(await database.prisma.blobChunk.count()).toBe(before);
    await database.pool.query("DROP TRIGGER full_disk ON blob_chunks");
    const sha256 = await storeBlob(database, file(content));
    expect(await findBlob(database, sha256)).toMatchObject({ bytes: 700_000 });
  });

  test("any IDX files become a dataset, whose id then stands for them", async () => {
    const manifest = await importIdx(database, smallImport());
    expect(manifest).toMatchObject({ id: "small", features: 2000, classes: 7 });
    const data = await readDataset(database, "small");
    expect(data).toMatchObject({ id: "small", features: 2000, classes: 7, train: { count: 500 }, test: { count: 20 } });
    expect(Buffer.compare(data.train.inputs, small.trainInputs)).toBe(0);
    expect([...data.test.labels]).toEqual([...small.testLabels]);
    // Again is nothing new; another content under the same id is refused.
    await expect(importIdx(database, smallImport())).resolves.toEqual(manifest);
    const other = smallImport("small", { "test-labels": idx([20], new Uint8Array(20)) });
    await expect(importIdx(database, other)).rejects.toThrow("exists already with other files");
  });

  test.each([
    [
      "no IDX file",
      { "train-inputs": Uint8Array.of(1, 2, 3, 4) },
      "no IDX file: the train inputs must start with two zero bytes",
    ],
    ["a zip archive", { "train-inputs": Uint8Array.of(0x50, 0x4b, 3, 4) }, "unpack it first"],
    ["floats", { "train-inputs": Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 0) }, "Only IDX files of unsigned bytes"],
    ["a cut header", { "test-labels": Uint8Array.of(0, 0, 8, 1, 0) }, "The header of the test labels is cut off"],
    [
      "a cut file",
      { "test-labels": idx([20], new Uint8Array(19)) },
      "IDX file cut off: the test labels announces 20 values, 28 bytes, and has 27",
    ],
    ["a file too long", { "test-labels": idx([20], new Uint8Array(21)) }, "longer than it says"],
    ["counts that differ", { "test-labels": idx([19], new Uint8Array(19)) }, "There are 20 test inputs but 19 labels"],
    ["labels for inputs", { "train-inputs": idx([500], new Uint8Array(500)) }, "did labels come first?"],
    [
      "other images for the test",
      { "test-inputs": idx([20, 2], new Uint8Array(40)) },
      "Train inputs have 2000 features, test inputs 2",
    ],
  ])("an import of %s is refused with what is wrong", async (_, files, message) => {
    await expect(importIdx(database, smallImport("refused", files))).rejects.toThrow(message);
    expect(await database.prisma.dataset.count({ where: { id: "refused" } })).toBe(0);
  });

  test("an unreadable path and a bad id are refused", async () => {
    const request = smallImport("Not An Id");
    await expect(importIdx(database, request)).rejects.toThrow("lower-case letters");
    const files = { ...request.files, "test-labels": "/nowhere/labels" };
    await expect(importIdx(database, { ...request, files })).rejects.toThrow("Cannot read /nowhere/labels");
  });
});

describe("the built-in datasets", () => {
  test("MNIST is the whole published one", async () => {
    // Counts per digit as in the published files.
    const { localLabelled } = await import("@widefield/datasets/local-labelled");
    const mnist = await localLabelled("mnist");
    expect(mnist).toMatchObject({ features: 784, classes: 10, train: { count: 60_000 }, test: { count: 10_000 } });
    const perDigit = new Array<number>(10).fill(0);
    for (const label of mnist.train.labels) perDigit[label] = (perDigit[label] ?? 0) + 1;
    expect(perDigit).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect([...mnist.test.labels.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
  });
});

describeOnEachDatabase("the built-in datasets at start", (fresh) => {
  test("come in at the first start, and the second does nothing", async () => {
    const database = openDatabase((await fresh()).url);
    const first = await ensureBuiltIn(database);
    expect(first.imported).toContain("mnist");
    expect([...first.available, ...first.missing].sort()).toEqual(["fashion-mnist", "mnist"]);
    expect((await readDataset(database, "mnist")).train.count).toBe(60_000);
    const created = await database.prisma.blob.findMany({ select: { sha256: true, createdAt: true } });
    expect(await ensureBuiltIn(database)).toEqual({ available: first.available, imported: [], missing: first.missing });
    expect(await database.prisma.blob.findMany({ select: { sha256: true, createdAt: true } })).toEqual(created);
    await database.close();
  });
});
