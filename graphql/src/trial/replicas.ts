import { builder } from "../builder.ts";
import { ResultRef } from "../result/result-type.ts";
import { TrialRef } from "./trial-type.ts";

builder.prismaObjectField(TrialRef, "replicas", (t) =>
  t.field({
    type: [ResultRef],
    description:
      "Every result reported for this trial, oldest first; for an adopted trial those of the trial it came from.",
    select: (_args, _context, nested) => ({
      id: true,
      adopted: true,
      // An adopted trial has no results of its own, so one of the two lists is empty unless both are one.
      results: nested({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
      canonicalResult: {
        select: { trialId: true },
      },
    }),
    resolve: async (trial, _args, { loaders }) => {
      if (!trial.adopted || !trial.canonicalResult) return trial.results;
      return loaders.replicas.load(trial.canonicalResult.trialId);
    },
  }),
);
