import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { Database } from "@widefield/prisma/open-database";
import { findDataset, listDatasets } from "./dataset.ts";
import { findBlob, readStored, type StoredBlob } from "./read-blob.ts";

/**
 * Answers below `/api/data/`: `<sha256>`, `manifests` and `manifests/<id>`. Public, read-only.
 * @param path what follows `/api/data/`.
 */
export async function serveData(database: Database, path: string, request: Request): Promise<Response> {
  const [first = "", id, ...more] = path.split("/").filter((part) => part !== "");
  if (first !== "manifests" && id === undefined) return serveBlob(database, first, request);
  if (first === "manifests" && more.length === 0) return serveManifest(database, id ?? null, request);
  return refuse(404, "There is nothing here. Datasets are at /api/data/manifests, files at /api/data/<sha256>.");
}

/** One manifest, or all of them where `id` is null, as JSON. */
export async function serveManifest(database: Database, id: string | null, request: Request): Promise<Response> {
  if (!isRead(request)) return refuseMethod();
  const answer = id === null ? await listDatasets(database) : await findDataset(database, id);
  if (answer === null) return refuse(404, `There is no dataset ${JSON.stringify(id)} here. See /api/data/manifests.`);
  return Response.json(answer, { headers: { "cache-control": "public, max-age=60" } });
}

/**
 * A file by the SHA-256 of its content. Compressed bytes go out as they are stored to whoever takes gzip.
 * Answers GET and HEAD, If-None-Match, and a single byte range (of the uncompressed content).
 */
export async function serveBlob(database: Database, sha256: string, request: Request): Promise<Response> {
  if (!isRead(request)) return refuseMethod();
  const blob = /^[0-9a-f]{64}$/.test(sha256) ? await findBlob(database, sha256) : null;
  if (blob === null)
    return refuse(404, "There is no such file here. Files are named by the SHA-256 of their content, in hex.");
  const range = parseRange(request.headers.get("range"), blob.bytes);
  if (range === "unsatisfiable") {
    return refuse(416, `The file has ${blob.bytes} bytes.`, { "content-range": `bytes */${blob.bytes}` });
  }
  const compressed = range === null && takesGzip(request.headers.get("accept-encoding"));
  const etag = compressed ? `"${sha256}.gzip"` : `"${sha256}"`;
  const headers = new Headers({
    "content-type": blob.mediaType,
    "cache-control": "public, max-age=31536000, immutable, no-transform",
    "x-content-type-options": "nosniff",
    "accept-ranges": "bytes",
    vary: "accept-encoding",
    etag,
  });
  if (request.headers.get("if-none-match")?.includes(sha256)) return new Response(null, { status: 304, headers });
  const { start, end } = range ?? { start: 0, end: blob.bytes };
  headers.set("content-length", String(compressed ? blob.storedBytes : end - start));
  if (compressed) headers.set("content-encoding", "gzip");
  if (range !== null) headers.set("content-range", `bytes ${start}-${end - 1}/${blob.bytes}`);
  const status = range === null ? 200 : 206;
  if (request.method === "HEAD") return new Response(null, { status, headers });
  const stored = readStored(database, blob);
  const body = compressed ? Readable.from(stored) : Readable.from(slice(uncompressed(stored), start, end));
  return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, { status, headers });
}

async function* uncompressed(stored: ReturnType<typeof readStored>): AsyncGenerator<Buffer, void> {
  const source = Readable.from(stored);
  const output = createGunzip();
  // A damaged file breaks the transfer off, so that no reader takes a part for the whole.
  source.once("error", (error) => output.destroy(error));
  source.pipe(output);
  try {
    yield* output;
  } finally {
    source.destroy();
  }
}

async function* slice(parts: AsyncIterable<Buffer>, start: number, end: number): AsyncGenerator<Buffer, void> {
  let position = 0;
  for await (const part of parts) {
    const wanted = part.subarray(Math.max(0, start - position), Math.max(0, end - position));
    position += part.length;
    if (wanted.length > 0) yield wanted;
    if (position >= end) return;
  }
}

/** End is exclusive. Null: the whole file, also for several ranges, as RFC 9110 allows. */
function parseRange(
  header: string | null,
  bytes: StoredBlob["bytes"],
): { start: number; end: number } | "unsatisfiable" | null {
  const match = header === null ? null : /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (match === null) return null;
  const [, from = "", to = ""] = match;
  if (from === "" && to === "") return null;
  const start = from === "" ? Math.max(0, bytes - Number(to)) : Number(from);
  const end = from === "" || to === "" ? bytes : Math.min(bytes, Number(to) + 1);
  if (start >= end) return "unsatisfiable";
  return { start, end };
}

function takesGzip(header: string | null): boolean {
  return (header ?? "").split(",").some((part) => {
    const [coding = "", ...parameters] = part.trim().toLowerCase().split(";");
    return (
      (coding === "gzip" || coding === "*") && !parameters.some((parameter) => /^\s*q=0(\.0*)?\s*$/.test(parameter))
    );
  });
}

function isRead(request: Request): boolean {
  return request.method === "GET" || request.method === "HEAD";
}

function refuse(status: number, message: string, headers: Record<string, string> = {}): Response {
  return Response.json({ error: message }, { status, headers: { "cache-control": "no-store", ...headers } });
}

function refuseMethod(): Response {
  return refuse(405, "Only GET and HEAD.", { allow: "GET, HEAD" });
}
