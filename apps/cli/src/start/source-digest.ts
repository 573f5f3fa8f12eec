import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Folders that no build reads, or that builds write. */
const ignored = new Set(["node_modules", ".next", ".turbo", ".widefield", "coverage"]);

/** SHA-256 over the names and contents of all files below these paths (relative to `root`; files count too), in a fixed order. */
export async function sourceDigest(root: string, paths: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const path of [...paths].sort()) {
    for (const file of await listFiles(join(root, path))) {
      hash.update(`${file.slice(root.length)}\0`);
      hash.update(
        createHash("sha256")
          .update(await readFile(file))
          .digest(),
      );
    }
  }
  return hash.digest("hex");
}

async function listFiles(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOTDIR") return null;
    if (error.code === "ENOENT") return [];
    throw error;
  });
  if (entries === null) return [path];
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (ignored.has(entry.name) || entry.name.startsWith(".next")) continue;
    const child = join(path, entry.name);
    if (entry.isDirectory()) files.push(...(await listFiles(child)));
    else if (entry.isFile() && entry.name !== "next-env.d.ts") files.push(child);
  }
  return files;
}
