import type { Database } from "@widefield/prisma/open-database";
import { checksum } from "../checksum.ts";
import { DatasetError } from "../dataset-error.ts";
import { assembleLabelled, type Labelled } from "../labelled.ts";
import { type DatasetManifest, datasetManifest, type FileRole, fileRoles } from "../manifest.ts";
import { readBlob } from "./read-blob.ts";
import { storeBlob } from "./store-blob.ts";

/** The datasets that are here, by id. */
export async function listDatasets(database: Database): Promise<DatasetManifest[]> {
  const rows = await database.prisma.dataset.findMany({ orderBy: { id: "asc" } });
  return rows.map((row) => datasetManifest.parse(row.manifest));
}

/** A dataset's manifest, or null when it is not here. */
export async function findDataset(database: Database, id: string): Promise<DatasetManifest | null> {
  const row = await database.prisma.dataset.findUnique({ where: { id } });
  return row && datasetManifest.parse(row.manifest);
}

/**
 * Keeps a dataset: first its files, then the name that shows them; so nobody ever sees a part of it.
 * @param content gives a file, uncompressed.
 * @throws `DatasetError` when a file is not what the manifest says, or the id stands for something else already.
 */
export async function saveDataset(
  database: Database,
  manifest: DatasetManifest,
  content: (role: FileRole) => Promise<Uint8Array>,
): Promise<void> {
  const known = await findDataset(database, manifest.id);
  if (known !== null && !sameFiles(known, manifest)) throw taken(manifest.id);
  for (const role of fileRoles) {
    const { name, mediaType, sha256 } = manifest.files[role];
    await storeBlob(database, { name, mediaType, sha256, content: await content(role) });
  }
  const row = { id: manifest.id, title: manifest.title, manifest };
  const { count } = await database.prisma.dataset.createMany({ data: [row], skipDuplicates: true });
  const kept = count === 1 ? manifest : await findDataset(database, manifest.id);
  if (kept === null || !sameFiles(kept, manifest)) throw taken(manifest.id);
}

/**
 * A dataset from the database, in memory.
 * @throws `DatasetError` when it is not here or damaged.
 */
export async function readDataset(database: Database, id: string): Promise<Labelled> {
  const manifest = await findDataset(database, id);
  if (manifest === null)
    throw new DatasetError(`There is no dataset ${id} here. Import it with \`widefield data import\`.`);
  return assembleLabelled(manifest, async (role) => {
    const { sha256, name } = manifest.files[role];
    const bytes = Uint8Array.from(await readBlob(database, sha256));
    if ((await checksum(bytes)) !== sha256)
      throw new DatasetError(`File ${name} (${sha256}) is damaged in the database.`);
    return bytes;
  });
}

function sameFiles(one: DatasetManifest, other: DatasetManifest): boolean {
  return fileRoles.every((role) => one.files[role].sha256 === other.files[role].sha256);
}

function taken(id: string): DatasetError {
  return new DatasetError(`Dataset ${id} exists already with other files. A dataset never changes: choose another id.`);
}
