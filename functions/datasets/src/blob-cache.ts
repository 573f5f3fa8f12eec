/** Keeps file contents by their SHA-256. It may forget anything, and its readers check what they get. */
export interface BlobCache {
  /** Null when it is not there or cannot be read. */
  read(sha256: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Failing to keep something is no error. */
  write(sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** For one process, for as long as it lives. */
export function memoryCache(): BlobCache {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    read: async (sha256) => kept.get(sha256) ?? null,
    write: async (sha256, bytes) => {
      kept.set(sha256, bytes);
    },
  };
}

/** The browser's Cache API, which a page has only in a secure context; elsewhere it keeps nothing. */
export function browserCache(name = "widefield-data"): BlobCache {
  const open = async () => (typeof caches === "undefined" ? null : caches.open(name).catch(() => null));
  const key = (sha256: string) => `/api/data/${sha256}`;
  return {
    read: async (sha256) => {
      const found = await (await open())?.match(key(sha256)).catch(() => undefined);
      return found === undefined ? null : new Uint8Array(await found.arrayBuffer());
    },
    write: async (sha256, bytes) => {
      // A full disk refuses; then it is fetched again next time.
      await (await open())?.put(key(sha256), new Response(bytes)).catch(() => undefined);
    },
  };
}
