import { basename } from "node:path";
import type { Database } from "@widefield/prisma/open-database";
import { checksum } from "../checksum.ts";
import { DatasetError } from "../dataset-error.ts";
import { pairIdx } from "../labelled.ts";
import { type LocalFiles, readLocalFile } from "../local-files.ts";
import { type DatasetFile, type DatasetManifest, datasetManifest, type FileRole, fileRoles } from "../manifest.ts";
import { saveDataset } from "./dataset.ts";

export interface IdxImport {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly license: string;
  /** Paths of IDX files, compressed by gzip or not. */
  readonly files: LocalFiles;
}

/**
 * Brings any labelled dataset of unsigned bytes in IDX files into the database.
 * @throws `DatasetError` on files that cannot be read, are malformed or do not fit together, and on an id that is taken.
 */
export async function importIdx(database: Database, request: IdxImport): Promise<DatasetManifest> {
  const contents = new Map<FileRole, Uint8Array<ArrayBuffer>>();
  for (const role of fileRoles) contents.set(role, await readLocalFile(request.files[role]));
  const content = (role: FileRole): Uint8Array<ArrayBuffer> => contents.get(role) ?? new Uint8Array();
  const train = pairIdx("train", content("train-inputs"), content("train-labels"));
  const test = pairIdx("test", content("test-inputs"), content("test-labels"));
  if (train.features !== test.features) {
    throw new DatasetError(
      `Train inputs have ${train.features} features, test inputs ${test.features}: not one dataset.`,
    );
  }
  const file = async (role: FileRole): Promise<DatasetFile> => ({
    name: basename(request.files[role]).replace(/\.gz$/, ""),
    mediaType: "application/octet-stream",
    sha256: await checksum(content(role)),
    bytes: content(role).length,
  });
  const parsed = datasetManifest.safeParse({
    id: request.id,
    title: request.title,
    source: request.source,
    license: request.license,
    features: train.features,
    classes: Math.max(train.classes, test.classes),
    files: {
      "train-inputs": await file("train-inputs"),
      "train-labels": await file("train-labels"),
      "test-inputs": await file("test-inputs"),
      "test-labels": await file("test-labels"),
    },
  });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new DatasetError(`${issue?.path.join(".") ?? "manifest"}: ${issue?.message ?? "not valid"}`);
  }
  await saveDataset(database, parsed.data, async (role) => content(role));
  return parsed.data;
}
