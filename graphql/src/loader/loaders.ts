import type { Study } from "@widefield/prisma/client";
import type { Database } from "@widefield/prisma/open-database";
import DataLoader from "dataloader";
import type { StudyAxis } from "../study/study-axes.ts";
import { readStudyProgress, type StudyProgress } from "../study/study-progress.ts";
import { type Contribution, readContributions } from "../volunteer/contribution.ts";
import { axesOf } from "./axes-cache.ts";

/** Batches of one request: what is asked for many rows at once is read in one statement. */
export type Loaders = ReturnType<typeof makeLoaders>;

export function makeLoaders(database: Database, now: () => Date) {
  return {
    studyProgress: new DataLoader<string, StudyProgress>(async (ids) => {
      const found = await readStudyProgress(database, ids, now());
      return inOrder(ids, found, (progress) => progress.studyId);
    }),
    studyAxes: new DataLoader<Study, readonly StudyAxis[], string>((studies) => axesOf(database, studies), {
      cacheKeyFn: (study) => study.id,
    }),
    contribution: new DataLoader<string, Contribution>(async (ids) => {
      const found = await readContributions(database, ids);
      return inOrder(ids, found, (contribution) => contribution.volunteerId);
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
