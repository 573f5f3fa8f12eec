import { type BlobCache, memoryCache } from "./blob-cache.ts";
import { checksum } from "./checksum.ts";
import { DatasetError } from "./dataset-error.ts";
import { assembleLabelled, type Labelled } from "./labelled.ts";
import { type DatasetFile, type DatasetManifest, datasetManifest } from "./manifest.ts";

export interface FetchOptions {
  /** Of the site, for example https://widefield.example; in a page, `location.origin`. */
  readonly baseUrl: string;
  /** Memory where none is given. */
  readonly cache?: BlobCache;
  /** The platform's, unless given. */
  readonly fetch?: typeof globalThis.fetch;
}

/** Gives datasets by id, each read once. (The experiments' DatasetSource.) */
export interface LabelledSource {
  labelled(id: string, signal: AbortSignal): Promise<Labelled>;
}

/** A source that asks a Widefield server, and keeps what it read in memory while it lives. */
export function remoteSource(options: FetchOptions): LabelledSource {
  const cache = options.cache ?? memoryCache();
  const readings = new Map<string, Promise<Labelled>>();
  const labelled = async (id: string, signal: AbortSignal): Promise<Labelled> => {
    signal.throwIfAborted();
    const shared = readings.get(id);
    if (shared !== undefined) {
      try {
        return await shared;
      } catch (error) {
        if (error instanceof DatasetError) throw error;
        // The one who began it stopped; that is no failure of ours.
        return labelled(id, signal);
      }
    }
    const reading = fetchLabelled(id, signal, { ...options, cache });
    readings.set(id, reading);
    reading.catch(() => readings.delete(id));
    return reading;
  };
  return { labelled };
}

/**
 * Fetches a dataset by `/api/data/manifests/<id>` and `/api/data/<sha256>`, checks every file and joins them.
 * @throws `DatasetError` when it is unknown, unreachable or damaged; `signal.reason` after an abort.
 */
export async function fetchLabelled(id: string, signal: AbortSignal, options: FetchOptions): Promise<Labelled> {
  const get = (path: string) => request(new URL(`/api/data/${path}`, options.baseUrl), signal, options.fetch);
  const answer = await get(`manifests/${encodeURIComponent(id)}`);
  const parsed = datasetManifest.safeParse(await answer.json().catch(() => null));
  if (!parsed.success)
    throw new DatasetError(`The server's manifest of ${id} is not one. Is ${options.baseUrl} a Widefield server?`);
  const manifest: DatasetManifest = parsed.data;
  return assembleLabelled(manifest, (role) =>
    readFile(manifest.files[role], options.cache ?? memoryCache(), get, signal),
  );
}

async function readFile(
  file: DatasetFile,
  cache: BlobCache,
  get: (path: string) => Promise<Response>,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const kept = await cache.read(file.sha256);
  if (kept !== null && (await checksum(kept)) === file.sha256) return kept;
  const answer = await get(file.sha256);
  const bytes = await answer.arrayBuffer().catch((error: unknown) => {
    signal.throwIfAborted();
    throw new DatasetError(`The connection broke while ${file.name} came in. Try again.`, { cause: error });
  });
  const content = new Uint8Array(bytes);
  if ((await checksum(content)) !== file.sha256) {
    throw new DatasetError(
      `${file.name} arrived damaged: ${content.length} bytes whose SHA-256 is not ${file.sha256}. Try again; if it stays, the server's copy is damaged.`,
    );
  }
  signal.throwIfAborted();
  await cache.write(file.sha256, content);
  return content;
}

async function request(url: URL, signal: AbortSignal, fetch = globalThis.fetch): Promise<Response> {
  const answer = await fetch(url, { signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new DatasetError(`${url.origin} does not answer. Is the server running, and the network there?`, {
      cause: error,
    });
  });
  if (answer.ok) return answer;
  const message = (await answer.text().catch(() => "")).slice(0, 500);
  throw new DatasetError(`${url.pathname}: ${answer.status} ${message}`.trim());
}
