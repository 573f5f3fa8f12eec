import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BlobCache } from "./blob-cache.ts";

/** Files in a folder, named by their SHA-256 (Node). Written beside and renamed, so that half a file never bears the name. */
export function fileCache(folder: string): BlobCache {
  return {
    read: async (sha256) => {
      const bytes = await readFile(join(folder, sha256)).catch(() => null);
      return bytes && Uint8Array.from(bytes);
    },
    write: async (sha256, bytes) => {
      const draft = join(folder, `${sha256}.${randomUUID()}`);
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(draft, bytes);
        await rename(draft, join(folder, sha256));
      } catch {
        await rm(draft, { force: true });
      }
    },
  };
}
