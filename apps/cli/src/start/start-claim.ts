import { readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { writePrivately } from "@widefield/volunteer/node/private-file";
import { lock } from "proper-lockfile";
import { CommandFailure } from "../failure/command-failure.ts";

/** One start command's right to a data folder, and what the others are told of it. */
export interface StartClaim {
  release(): Promise<void>;
}

interface StartRecord {
  readonly pid: number;
  readonly host: string;
  readonly address: string;
}

/** Longer than the owner's event loop may be busy. */
const staleMs = 30_000;

const recordFile = (folder: string) => join(folder, "start.json");

/**
 * Takes the data folder for this start, with either database. What a killed start left behind is taken over at once.
 * @throws CommandFailure that names the address and the process of the one that runs.
 */
export async function claimStart(folder: string, address: string): Promise<StartClaim> {
  const lockfilePath = join(folder, "start.lock");
  const take = () => lock(folder, { lockfilePath, stale: staleMs, update: 5_000, onCompromised: () => undefined });
  const release = await take().catch(async (error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "ELOCKED")) throw error;
    const record = await readRecord(folder);
    if (record === null || isRunning(record)) throw alreadyRunning(folder, record);
    await rm(lockfilePath, { recursive: true, force: true });
    return take();
  });
  const record: StartRecord = { pid: process.pid, host: hostname(), address };
  await writePrivately(recordFile(folder), `${JSON.stringify(record)}\n`);
  return {
    release: async () => {
      await rm(recordFile(folder), { force: true });
      await release().catch(() => undefined);
    },
  };
}

/** The address of the start that runs on this folder, or null. */
export async function findRunningStart(folder: string): Promise<string | null> {
  const record = await readRecord(folder);
  return record && isRunning(record) ? record.address : null;
}

function alreadyRunning(folder: string, record: StartRecord | null): CommandFailure {
  const where = record
    ? ` at ${record.address} (process ${record.pid}${record.host === hostname() ? "" : ` on ${record.host}`})`
    : "";
  return new CommandFailure(
    `Widefield is running already${where}, with the data in ${folder}. Open that address, or stop it first; ` +
      "WIDEFIELD_DATA_DIR and PORT start a second one beside it.",
  );
}

/** On another machine's word one cannot look: it counts as running, until its lock grows stale. */
function isRunning(record: StartRecord): boolean {
  if (record.host !== hostname()) return true;
  // After a restart in a container the old process often had our number.
  if (record.pid === process.pid) return false;
  try {
    process.kill(record.pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function readRecord(folder: string): Promise<StartRecord | null> {
  try {
    const { pid, host, address } = JSON.parse(await readFile(recordFile(folder), "utf8")) as Partial<StartRecord>;
    if (typeof pid !== "number" || typeof host !== "string" || typeof address !== "string") return null;
    return { pid, host, address };
  } catch {
    return null;
  }
}
