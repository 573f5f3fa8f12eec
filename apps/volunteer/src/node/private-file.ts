import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Writes a file that only its owner may read: beside it first, flushed to the disk, then renamed over, so that a crash
 * leaves the old content or the new one.
 * @throws when the disk does not take it
 */
export async function writePrivately(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}.draft`;
  try {
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** A JSON object of strings; empty when the file is missing or damaged. */
export async function readStrings(file: string): Promise<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    if (typeof value !== "object" || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === "string"));
  } catch {
    return {};
  }
}

/** Changes a JSON object of strings; null takes an entry away. */
export async function changeStrings(file: string, change: Record<string, string | null>): Promise<void> {
  const all = { ...(await readStrings(file)), ...change };
  const kept = Object.fromEntries(Object.entries(all).filter(([, text]) => text !== null));
  await writePrivately(file, `${JSON.stringify(kept, null, 2)}\n`);
}
