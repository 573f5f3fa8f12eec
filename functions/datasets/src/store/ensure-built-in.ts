import type { Database } from "@widefield/prisma/open-database";
import { builtInManifests } from "../built-in.ts";
import { findLocalFiles, readLocalFile } from "../local-files.ts";
import { saveDataset } from "./dataset.ts";

export interface BuiltInReport {
  /** Ids of the built-in datasets that are in the database now. */
  readonly available: readonly string[];
  /** Those that this call brought in. */
  readonly imported: readonly string[];
  /** Those whose files are not on this machine. */
  readonly missing: readonly string[];
}

/**
 * Brings the built-in datasets whose files are on this machine into the database; those already there cost one query.
 * @param folders further places for files, see `findLocalFiles`.
 * @throws `DatasetError` when a file on this machine is not the original.
 */
export async function ensureBuiltIn(database: Database, folders: readonly string[] = []): Promise<BuiltInReport> {
  const ids = builtInManifests.map((manifest) => manifest.id);
  const rows = await database.prisma.dataset.findMany({ where: { id: { in: ids } }, select: { id: true } });
  const available = rows.map((row) => row.id);
  const imported: string[] = [];
  const missing: string[] = [];
  for (const manifest of builtInManifests) {
    if (available.includes(manifest.id)) continue;
    const files = findLocalFiles(manifest, folders);
    if (files === null) {
      missing.push(manifest.id);
      continue;
    }
    await saveDataset(database, manifest, (role) => readLocalFile(files[role]));
    imported.push(manifest.id);
  }
  return { available: [...available, ...imported].sort(), imported, missing };
}
