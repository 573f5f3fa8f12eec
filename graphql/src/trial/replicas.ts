import { queryFromInfo } from "@pothos/plugin-prisma";
import type { Result } from "@widefield/prisma/client";
import type { Database } from "@widefield/prisma/open-database";
import DataLoader from "dataloader";
import { builder } from "../builder.ts";
import { sharedAt } from "../relay/shared-at.ts";
import { ResultRef } from "../result/result-type.ts";
import { TrialRef } from "./trial-type.ts";

/** The replicas of other studies' trials, for all adopted trials of a page at once. */
const foreignAt = sharedAt<DataLoader<string, Result[]>>();

builder.prismaObjectField(TrialRef, "replicas", (t) =>
  t.field({
    type: [ResultRef],
    description:
      "Every result reported for this trial, oldest first. For an adopted trial those of the trial that it came from, and its own, which had not decided it; `study` of each tells for which study it was computed.",
    select: (_args, _context, nested) => ({
      id: true,
      adopted: true,
      results: nested({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
      canonicalResult: { select: { trialId: true } },
    }),
    resolve: async (trial, _args, context, info) => {
      if (!trial.adopted || !trial.canonicalResult) return trial.results;
      // For every trial, not once for the batch: Pothos remembers by its place in the answer what a row was loaded with.
      const query = queryFromInfo({ context, info });
      const foreign = foreignAt(
        info,
        () => new DataLoader((trialIds) => readReplicas(context.database, trialIds, query)),
      );
      const others = await foreign.load(trial.canonicalResult.trialId);
      return [...trial.results, ...others].sort(oldestFirst);
    },
  }),
);

/** In the order of the trials. @param query what is selected of each, to be spread into `findMany`. */
async function readReplicas({ prisma }: Database, trialIds: readonly string[], query: object): Promise<Result[][]> {
  const results = await prisma.result.findMany({ ...query, where: { trialId: { in: [...trialIds] } } });
  return trialIds.map((trialId) => results.filter((result) => result.trialId === trialId));
}

function oldestFirst(a: Result, b: Result): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
}
