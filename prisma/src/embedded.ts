import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { claimFolder } from "./internal/folder-claim.ts";
import { SessionServer } from "./internal/session-server.ts";

export { type EmbeddedAddress, EmbeddedDatabaseInUse, findEmbedded } from "./internal/folder-claim.ts";

export interface EmbeddedDatabase {
  /** For `openDatabase` and `migrate`, in this process or another of the same machine. Holds a password: not for logs. */
  readonly url: string;
  /** Hangs up on everybody, writes everything to disk and gives up the folder. */
  close(): Promise<void>;
}

export interface EmbeddedOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** A client that keeps a transaction open in silence blocks everybody: after so long it is rolled back and hung up on; 20 000. */
  readonly idleInTransactionMs?: number;
  /** Called when another process took the folder (the machine slept for a minute or more): the database is then closed already. */
  readonly onLost?: (error: Error) => void;
}

/**
 * Starts the embedded Postgres on `dataDir` (made where missing) and serves it on a loopback port.
 * One process owns the folder; `findEmbedded(dataDir)` tells the others where it is.
 * @throws `EmbeddedDatabaseInUse` when it runs already, with the owner's pid and address.
 */
export async function startEmbedded(dataDir: string, options: EmbeddedOptions = {}): Promise<EmbeddedDatabase> {
  const folder = resolve(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let lost: (error: Error) => void = () => undefined;
  const claim = await claimFolder(folder, (error) => lost(error));
  try {
    const db = await PGlite.create(join(folder, "database"));
    const password = randomBytes(18).toString("base64url");
    const server = new SessionServer(db, { password, idleInTransactionMs: options.idleInTransactionMs ?? 20_000 });
    const port = await server.listen(options.port);
    const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres?sslmode=disable`;
    await claim.announce(url);
    const stop = once(async () => {
      await server.close();
      await db.close();
    });
    lost = (error) => void stop().finally(() => options.onLost?.(error));
    return { url, close: once(() => stop().finally(() => claim.release())) };
  } catch (error) {
    await claim.release();
    throw error;
  }
}

export interface InMemoryDatabase extends EmbeddedDatabase {
  /** A copy of all its files, from which another one can start. */
  copy(): Promise<Blob>;
}

/**
 * An embedded database that nobody else can find and that is gone once closed: for tests and for comparing schemas.
 * @param files the copy of another one, to start from its state.
 */
export async function startInMemory(files?: Blob): Promise<InMemoryDatabase> {
  const db = await PGlite.create(files ? { loadDataDir: files } : {});
  const server = new SessionServer(db, { password: "memory", idleInTransactionMs: 20_000 });
  const port = await server.listen();
  const url = `postgresql://postgres:memory@127.0.0.1:${port}/postgres?sslmode=disable`;
  return { url, close: once(() => server.close().then(() => db.close())), copy: () => db.dumpDataDir("none") };
}

function once(action: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => {
    done ??= action();
    return done;
  };
}
