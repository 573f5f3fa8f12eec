import { createHash } from "node:crypto";
import { readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Outbox } from "../loop/ports.ts";
import type { FinishedUnit } from "../loop/work.ts";
import { writePrivately } from "./private-file.ts";

/** How the name of an entry's file ends. */
export const ENTRY_SUFFIX = ".json";

/** Finished work as files, one for each lease. A damaged file is set aside, never deleted; one that the system does not read now waits for the next start. */
export function fileOutbox(folder: string): Outbox {
  // A lease id is the server's word: it names no path here.
  const fileOf = (leaseId: string) =>
    join(folder, `${createHash("sha256").update(leaseId).digest("hex").slice(0, 32)}${ENTRY_SUFFIX}`);
  return {
    async read() {
      const names = await readdir(folder).catch(() => []);
      const found: FinishedUnit[] = [];
      for (const name of names.filter((one) => one.endsWith(ENTRY_SUFFIX)).sort()) {
        const file = join(folder, name);
        const text = await readFile(file, "utf8").catch(() => null);
        if (text === null) continue;
        const entry = parseEntry(text);
        if (entry !== null) found.push(entry);
        else await rename(file, `${file}.damaged`).catch(() => undefined);
      }
      return found;
    },
    store: (entry) => writePrivately(fileOf(entry.leaseId), JSON.stringify(entry)),
    remove: (leaseId) => rm(fileOf(leaseId), { force: true }),
  };
}

function parseEntry(text: string): FinishedUnit | null {
  try {
    const value: unknown = JSON.parse(text);
    return isFinishedUnit(value) ? value : null;
  } catch {
    return null;
  }
}

/** The shape is what matters here; the server looks at every number anyway. */
function isFinishedUnit(value: unknown): value is FinishedUnit {
  if (typeof value !== "object" || value === null) return false;
  const { leaseId, token, studySlug, results } = value as Partial<Record<keyof FinishedUnit, unknown>>;
  return (
    typeof leaseId === "string" && typeof token === "string" && typeof studySlug === "string" && Array.isArray(results)
  );
}
