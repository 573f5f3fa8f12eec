import type { Database } from "@widefield/prisma/open-database";
import DataLoader from "dataloader";
import { readStudyProgress, type StudyProgress } from "../study/study-progress.ts";

/** Batches of one request: what is asked for many rows at once is read in one statement. */
export type Loaders = ReturnType<typeof makeLoaders>;

export function makeLoaders(database: Database, now: () => Date) {
  return {
    studyProgress: new DataLoader<string, StudyProgress>(async (ids) => {
      const found = await readStudyProgress(database, ids, now());
      return inOrder(ids, found, (progress) => progress.studyId);
    }),
  };
}

function inOrder<Value>(
  ids: readonly string[],
  found: readonly Value[],
  idOf: (value: Value) => string,
): (Value | Error)[] {
  const byId = new Map(found.map((value) => [idOf(value), value]));
  return ids.map((id) => byId.get(id) ?? new Error(`Nothing was read for ${id}.`));
}
