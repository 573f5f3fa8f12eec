import { createHash } from "node:crypto";
import { readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Outbox } from "../loop/ports.ts";
import type { FinishedUnit } from "../loop/work.ts";
import { writePrivately } from "./private-file.ts";

const SUFFIX = ".json";

/** Finished work as files, one for each lease. A file that cannot be read is set aside, never deleted. */
export function fileOutbox(folder: string): Outbox {
  // A lease id is the server's word: it names no path here.
  const fileOf = (leaseId: string) =>
    join(folder, `${createHash("sha256").update(leaseId).digest("hex").slice(0, 32)}${SUFFIX}`);
  return {
    async read() {
      const names = await readdir(folder).catch(() => []);
      const found: FinishedUnit[] = [];
      for (const name of names.filter((one) => one.endsWith(SUFFIX)).sort()) {
        const file = join(folder, name);
        const entry = await readEntry(file);
        if (entry !== null) found.push(entry);
        else await rename(file, `${file}.damaged`).catch(() => undefined);
      }
      return found;
    },
    store: (entry) => writePrivately(fileOf(entry.leaseId), JSON.stringify(entry)),
    remove: (leaseId) => rm(fileOf(leaseId), { force: true }),
  };
}

async function readEntry(file: string): Promise<FinishedUnit | null> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
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
