import type { Study } from "@widefield/prisma/client";
import type { Database } from "@widefield/prisma/open-database";
import { readStudyAxes, type StudyAxis } from "../study/study-axes.ts";

/** Studies remembered per database; the oldest goes first. */
const capacity = 500;
const caches = new WeakMap<Database, Map<string, readonly StudyAxis[]>>();

/**
 * The axes of these studies. Trials are never changed, only added with a new digest, so what was read once stays true for it:
 * a process reads each study's trials once.
 */
export async function axesOf(database: Database, studies: readonly Study[]): Promise<(readonly StudyAxis[])[]> {
  const remembered = caches.get(database) ?? new Map<string, readonly StudyAxis[]>();
  caches.set(database, remembered);
  const missing = studies.filter((study) => !remembered.has(keyOf(study)));
  if (missing.length > 0) {
    const found = await readStudyAxes(database, [...new Set(missing.map(({ id }) => id))]);
    for (const study of missing) {
      const axes = found.filter((axis) => axis.studyId === study.id);
      remembered.set(keyOf(study), axes);
    }
  }
  const answer = studies.map((study) => remembered.get(keyOf(study)) ?? []);
  for (const key of [...remembered.keys()].slice(0, Math.max(0, remembered.size - capacity))) remembered.delete(key);
  return answer;
}

function keyOf(study: Study): string {
  return `${study.id} ${study.digest} ${study.trialCount}`;
}
