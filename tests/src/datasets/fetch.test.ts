import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { memoryCache } from "@widefield/datasets/blob-cache";
import { fetchLabelled, remoteSource } from "@widefield/datasets/fetch-labelled";
import { fileCache } from "@widefield/datasets/file-cache";
import { localLabelled } from "@widefield/datasets/local-labelled";
import type { DatasetManifest } from "@widefield/datasets/manifest";
import { importIdx } from "@widefield/datasets/store/import-idx";
import { serveData } from "@widefield/datasets/store/serve-blob";
import type { DatasetSource } from "@widefield/experiments/contract/program";
import { type Database, openDatabase } from "@widefield/prisma/open-database";
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { freshDatabase } from "../testkit/database.ts";
import { startDataServer } from "./data-server.ts";
import { small, smallImport } from "./small-idx.ts";

const { signal } = new AbortController();
const database: Database = openDatabase((await freshDatabase("pglite")).url);
afterAll(() => database.close());
let manifest: DatasetManifest;
beforeEach(async () => {
  // Whatever the test before damaged is whole again.
  await database.pool.query("TRUNCATE blobs, blob_chunks, datasets");
  manifest = await importIdx(database, smallImport());
});

const sha256 = () => manifest.files["train-inputs"].sha256;
const ask = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  serveData(database, path, new Request(`http://localhost/api/data/${path}`, { method, headers }));

describe("fetching a dataset", () => {
  test("gives what was imported, over HTTP, once per source", async () => {
    const { baseUrl, requests } = await startDataServer(database);
    const source: DatasetSource = remoteSource({ baseUrl });
    const [data, same] = await Promise.all([source.labelled("small", signal), source.labelled("small", signal)]);
    expect(same).toBe(data);
    expect(data).toMatchObject({ id: "small", features: 2000, classes: 7, train: { count: 500 }, test: { count: 20 } });
    expect(Buffer.compare(data.train.inputs, small.trainInputs)).toBe(0);
    expect([...data.train.labels]).toEqual([...small.trainLabels]);
    expect(Buffer.compare(data.test.inputs, small.testInputs)).toBe(0);
    expect(requests.length).toBe(5);
  });

  test("reads files of its cache without asking for them again, and replaces a damaged one", async () => {
    const { baseUrl, requests } = await startDataServer(database);
    const folder = mkdtempSync(join(tmpdir(), "widefield-cache-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    await fetchLabelled("small", signal, { baseUrl, cache: fileCache(folder) });
    expect(readdirSync(folder).sort()).toEqual(
      Object.values(manifest.files)
        .map((file) => file.sha256)
        .sort(),
    );
    requests.length = 0;
    await fetchLabelled("small", signal, { baseUrl, cache: fileCache(folder) });
    expect(requests).toEqual(["/api/data/manifests/small"]);
    writeFileSync(join(folder, sha256()), "half a fi");
    const data = await fetchLabelled("small", signal, { baseUrl, cache: fileCache(folder) });
    expect(requests.at(-1)).toBe(`/api/data/${sha256()}`);
    expect(Buffer.compare(data.train.inputs, small.trainInputs)).toBe(0);
    expect(readFileSync(join(folder, sha256())).length).toBe(manifest.files["train-inputs"].bytes);
  });

  test("a damaged copy on the server is found out and not kept", async () => {
    const { baseUrl } = await startDataServer(database);
    const cache = memoryCache();
    // A whole gzip of something else.
    const labels = manifest.files["train-labels"].sha256;
    await database.pool.query(
      `UPDATE blob_chunks SET data = other.data FROM blob_chunks other WHERE blob_chunks.sha256 = $1 AND other.sha256 = $2`,
      [labels, manifest.files["test-labels"].sha256],
    );
    await database.pool.query(
      "UPDATE blobs SET stored_bytes = other.stored_bytes FROM blobs other WHERE blobs.sha256 = $1 AND other.sha256 = $2",
      [labels, manifest.files["test-labels"].sha256],
    );
    await expect(fetchLabelled("small", signal, { baseUrl, cache })).rejects.toThrow(
      "train-labels.idx arrived damaged",
    );
    expect(await cache.read(labels)).toBeNull();
  });

  test("rows that are missing break the transfer off", async () => {
    const { baseUrl } = await startDataServer(database);
    await database.pool.query("DELETE FROM blob_chunks WHERE sha256 = $1 AND index = 2", [sha256()]);
    await expect(fetchLabelled("small", signal, { baseUrl })).rejects.toThrow(
      "The connection broke while train-inputs.idx came in",
    );
  });

  test("says what is wrong when the dataset is unknown or nobody answers", async () => {
    const { baseUrl } = await startDataServer(database);
    await expect(fetchLabelled("unknown", signal, { baseUrl })).rejects.toThrow(
      'There is no dataset \\"unknown\\" here',
    );
    await expect(fetchLabelled("small", signal, { baseUrl: "http://127.0.0.1:9" })).rejects.toThrow("does not answer");
    await expect(localLabelled("unknown")).rejects.toThrow("there are mnist, fashion-mnist");
  });

  test("an abort ends it with its reason, and another reader goes on", async () => {
    const { baseUrl } = await startDataServer(database);
    const source = remoteSource({ baseUrl });
    const controller = new AbortController();
    const stopped = source.labelled("small", controller.signal);
    const other = source.labelled("small", signal);
    controller.abort(new Error("the volunteer stopped"));
    await expect(stopped).rejects.toThrow("the volunteer stopped");
    expect((await other).train.count).toBe(500);
  });
});

describe("serving a file", () => {
  test("sends the stored bytes to whoever takes gzip, for ever", async () => {
    const answer = await ask(sha256(), { "accept-encoding": "br, gzip" });
    expect(answer.status).toBe(200);
    const headers = Object.fromEntries(answer.headers);
    const { storedBytes } = await database.prisma.blob.findUniqueOrThrow({ where: { sha256: sha256() } });
    expect(headers).toMatchObject({
      "content-encoding": "gzip",
      "content-length": String(storedBytes),
      "cache-control": "public, max-age=31536000, immutable, no-transform",
      vary: "accept-encoding",
    });
    expect((await answer.arrayBuffer()).byteLength).toBe(Number(storedBytes));
    const again = await ask(sha256(), { "if-none-match": headers.etag ?? "", "accept-encoding": "gzip" });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  test.each([[{}], [{ "accept-encoding": "gzip;q=0" }]])("sends plain bytes to others", async (headers) => {
    const answer = await ask(sha256(), headers);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.headers.get("content-encoding")).toBeNull();
    expect(answer.headers.get("content-length")).toBe(String(bytes.length));
    expect(Buffer.compare(bytes.subarray(16), small.trainInputs)).toBe(0);
  });

  test.each([
    ["bytes=16-19", 16, 20],
    ["bytes=600000-", 600_000, 1_000_016],
    ["bytes=-5", 1_000_011, 1_000_016],
    ["bytes=1000000-9999999", 1_000_000, 1_000_016],
  ])("sends the range %s", async (range, start, end) => {
    const answer = await ask(sha256(), { range, "accept-encoding": "gzip" });
    expect(answer.status).toBe(206);
    expect(answer.headers.get("content-range")).toBe(`bytes ${start}-${end - 1}/1000016`);
    expect(
      Buffer.compare(Buffer.from(await answer.arrayBuffer()), small.trainInputs.subarray(start - 16, end - 16)),
    ).toBe(0);
  });

  test("refuses in words", async () => {
    expect((await ask(sha256(), { range: "bytes=1000016-" })).status).toBe(416);
    for (const path of ["0".repeat(64), "../../etc/passwd", "manifests/none", "a/b", ""]) {
      const answer = await ask(path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toEqual({ error: expect.stringContaining("here") });
    }
    expect((await ask(sha256(), {}, "DELETE")).status).toBe(405);
  });

  test("HEAD has the headers and no body; the manifests are listed", async () => {
    const answer = await ask(sha256(), {}, "HEAD");
    expect([answer.status, answer.headers.get("content-length"), answer.body]).toEqual([200, "1000016", null]);
    expect(await (await ask("manifests")).json()).toEqual([manifest]);
    expect(await (await ask("manifests/small")).json()).toEqual(manifest);
  });
});

describe("what a browser loads", () => {
  test.each(["fetch-labelled", "blob-cache", "manifest", "built-in"])(
    "%s pulls neither Node nor the database",
    (name) => {
      const start = createRequire(import.meta.url).resolve(`@widefield/datasets/${name}`);
      const seen = new Set<string>();
      const foreign = new Set<string>();
      const visit = (file: string) => {
        if (seen.has(file)) return;
        seen.add(file);
        expect(existsSync(file)).toBe(true);
        for (const [, from = ""] of readFileSync(file, "utf8").matchAll(
          /^(?:import|export)(?! type).*? from "(.+?)";/gms,
        )) {
          if (from.startsWith(".")) visit(resolve(dirname(file), from));
          else foreign.add(from);
        }
      };
      visit(start);
      const allowed = ["zod", "@noble/hashes/sha2.js", "@noble/hashes/utils.js"];
      expect([...foreign].filter((from) => !allowed.includes(from))).toEqual([]);
    },
  );
});
