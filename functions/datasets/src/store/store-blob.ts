import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Database } from "@widefield/prisma/open-database";
import { inTransaction } from "@widefield/prisma/transaction";
import { DatasetError } from "../dataset-error.ts";

export interface NewBlob {
  readonly name: string;
  readonly mediaType: string;
  /** Uncompressed. */
  readonly content: Uint8Array;
  /** Refuse any other content. */
  readonly sha256?: string;
}

/** Compressed bytes per row: one row is one small message to any database. */
export const chunkBytes = 256 * 1024;

/**
 * Keeps a file under its SHA-256, whole or not at all; a second time it does nothing.
 * @returns the SHA-256 of the uncompressed content, in hex.
 * @throws `DatasetError` when the content is not the one named.
 */
export async function storeBlob(database: Database, blob: NewBlob): Promise<string> {
  const sha256 = createHash("sha256").update(blob.content).digest("hex");
  if (blob.sha256 !== undefined && blob.sha256 !== sha256) {
    throw new DatasetError(
      `${blob.name} is not the file that was meant: its SHA-256 is ${sha256}, not ${blob.sha256}. Get the original.`,
    );
  }
  if (await database.prisma.blob.findUnique({ where: { sha256 }, select: { sha256: true } })) return sha256;
  // Before the transaction, which on the embedded database makes everybody wait.
  const stored: Buffer = await promisify(gzip)(blob.content);
  await inTransaction(database, async (client) => {
    const { rowCount } = await client.query(
      `INSERT INTO blobs (sha256, name, media_type, bytes, stored_bytes) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (sha256) DO NOTHING`,
      [sha256, blob.name, blob.mediaType, blob.content.length, stored.length],
    );
    if (rowCount !== 1) return;
    for (let index = 0; index * chunkBytes < stored.length; index++) {
      const data = stored.subarray(index * chunkBytes, (index + 1) * chunkBytes);
      await client.query("INSERT INTO blob_chunks (sha256, index, data) VALUES ($1, $2, $3)", [sha256, index, data]);
    }
  });
  return sha256;
}
