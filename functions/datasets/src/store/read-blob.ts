import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Database } from "@widefield/prisma/open-database";
import { DatasetError } from "../dataset-error.ts";

export interface StoredBlob {
  readonly sha256: string;
  readonly name: string;
  readonly mediaType: string;
  /** Uncompressed and as stored. */
  readonly bytes: number;
  readonly storedBytes: number;
}

/** What is known of a file, or null when it is not here. */
export async function findBlob(database: Database, sha256: string): Promise<StoredBlob | null> {
  const blob = await database.prisma.blob.findUnique({ where: { sha256 } });
  return blob && { ...blob, bytes: Number(blob.bytes), storedBytes: Number(blob.storedBytes) };
}

/**
 * The stored bytes of a file (gzip), row by row: no transaction stays open, so a slow reader holds up nobody.
 * @throws `DatasetError` when rows are missing.
 */
export async function* readStored(database: Database, blob: StoredBlob): AsyncGenerator<Buffer, void> {
  let read = 0;
  for (let index = 0; read < blob.storedBytes; index++) {
    const { rows } = await database.pool.query<{ data: Buffer }>(
      "SELECT data FROM blob_chunks WHERE sha256 = $1 AND index = $2",
      [blob.sha256, index],
    );
    const data = rows[0]?.data;
    if (data === undefined || data.length === 0) {
      throw new DatasetError(
        `File ${blob.name} (${blob.sha256}) is damaged in the database: part ${index} is missing.`,
      );
    }
    read += data.length;
    yield data;
  }
}

/**
 * A whole file, uncompressed, in memory.
 * @throws `DatasetError` when it is not here or damaged.
 */
export async function readBlob(database: Database, sha256: string): Promise<Uint8Array> {
  const blob = await findBlob(database, sha256);
  if (blob === null) throw new DatasetError(`There is no file ${sha256} in the database.`);
  const parts: Buffer[] = [];
  for await (const part of readStored(database, blob)) parts.push(part);
  return promisify(gunzip)(Buffer.concat(parts)).catch((error: unknown) => {
    throw new DatasetError(`File ${blob.name} (${sha256}) is damaged in the database.`, { cause: error });
  });
}
