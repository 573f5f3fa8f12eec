import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { check, lock } from "proper-lockfile";

/** Where the embedded database of a folder answers. */
export interface EmbeddedAddress {
  readonly url: string;
  readonly pid: number;
}

/** Another process owns the folder. */
export class EmbeddedDatabaseInUse extends Error {
  override readonly name = "EmbeddedDatabaseInUse";
  /** Null when the owner has not said yet. */
  readonly pid: number | null;
  /** Host and port; null while it still starts. */
  readonly address: string | null;

  constructor(folder: string, pid: number | null, url: string) {
    const address = url === "" ? null : new URL(url).host;
    const owner = pid === null ? "another process" : `process ${pid}`;
    super(`The database in ${folder} is in use by ${owner}${address ? ` on ${address}` : ""}.`);
    this.pid = pid;
    this.address = address;
  }
}

/** One process's right to a folder. */
export interface FolderClaim {
  /** Lets other processes find the database. */
  announce(url: string): Promise<void>;
  release(): Promise<void>;
}

interface OwnerRecord {
  readonly pid: number;
  readonly host: string;
  /** Empty while the database starts. */
  readonly url: string;
}

/** Longer than any statement may block the owner, whose timer touches the lock. */
const staleMs = 60_000;

const recordFile = (folder: string) => join(folder, "database.json");
/** proper-lockfile tells its locks apart by this name, and puts `.lock` behind it. */
const lockName = (folder: string) => join(folder, "database");
const lockOptions = { realpath: false, stale: staleMs } as const;

/** Folders that this process owns: after a restart in a container the old pid is often one's own. */
const own = new Set<string>();

/**
 * The address of a running embedded database, or null when none runs there.
 * @throws never for a missing folder.
 */
export async function findEmbedded(dataDir: string): Promise<EmbeddedAddress | null> {
  const record = await readRecord(dataDir);
  if (record === null || record.url === "" || !(await isRunning(dataDir, record))) return null;
  return { url: record.url, pid: record.pid };
}

/**
 * Takes the folder for this process. A lock left by a killed process is recognised at once by its pid; where pids tell nothing
 * (a folder shared between machines or containers), after a minute without a sign of life.
 * @param onLost called when another process took the folder.
 * @throws `EmbeddedDatabaseInUse`
 */
export async function claimFolder(folder: string, onLost: (error: Error) => void): Promise<FolderClaim> {
  // Only one claimant looks and takes at a time: else two could both remove a dead owner's lock, one of them the other's new one.
  const releaseGuard = await lock(join(folder, "claim"), {
    realpath: false,
    stale: 5_000,
    onCompromised: () => undefined,
    retries: { retries: 150, minTimeout: 100, maxTimeout: 100 },
  });
  try {
    const record = await readRecord(folder);
    if (record !== null) {
      if (await isRunning(folder, record)) throw new EmbeddedDatabaseInUse(folder, record.pid, record.url);
      if (record.host === hostname()) await rm(`${lockName(folder)}.lock`, { recursive: true, force: true });
    }
    const releaseLock = await lock(lockName(folder), {
      ...lockOptions,
      update: 5_000,
      onCompromised: (error) => {
        own.delete(folder);
        onLost(error);
      },
    }).catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ELOCKED") {
        throw new EmbeddedDatabaseInUse(folder, record?.pid ?? null, record?.url ?? "");
      }
      throw error;
    });
    own.add(folder);
    await writeRecord(folder, "");
    return {
      announce: (url) => writeRecord(folder, url),
      release: async () => {
        if (!own.delete(folder)) return;
        await rm(recordFile(folder), { force: true });
        await releaseLock();
      },
    };
  } finally {
    await releaseGuard().catch(() => undefined);
  }
}

async function isRunning(folder: string, record: OwnerRecord): Promise<boolean> {
  const locked = await check(lockName(folder), lockOptions).catch(() => false);
  if (record.host !== hostname()) return locked;
  if (record.pid === process.pid) return own.has(folder);
  if (!isAlive(record.pid)) return false;
  // Awake after a sleep the lock looks stale for a moment, though its owner lives and answers.
  return record.url === "" ? locked : answers(record.url);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Whether anything listens there: the kernel accepts even while the owner is busy. */
function answers(url: string): Promise<boolean> {
  const { hostname: host, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), timeout: 2_000 });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => settle(true));
    socket.once("timeout", () => settle(true));
    socket.once("error", () => settle(false));
  });
}

async function readRecord(folder: string): Promise<OwnerRecord | null> {
  try {
    const value: unknown = JSON.parse(await readFile(recordFile(folder), "utf8"));
    if (typeof value !== "object" || value === null) return null;
    const { pid, host, url } = value as Partial<Record<keyof OwnerRecord, unknown>>;
    if (typeof pid !== "number" || typeof host !== "string" || typeof url !== "string") return null;
    return { pid, host, url };
  } catch {
    return null;
  }
}

/** Readable by its owner alone, for the address holds the password; replaced at once, so that nobody reads half of it. */
async function writeRecord(folder: string, url: string): Promise<void> {
  const record: OwnerRecord = { pid: process.pid, host: hostname(), url };
  const draft = `${recordFile(folder)}.${process.pid}`;
  await writeFile(draft, JSON.stringify(record), { mode: 0o600 });
  await rename(draft, recordFile(folder));
}
