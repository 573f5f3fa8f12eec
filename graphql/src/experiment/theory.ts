import { findExperiment } from "@widefield/experiments/catalog";
import type { Theory } from "@widefield/experiments/contract/experiment";
import { builder } from "../builder.ts";
import { TrialRef } from "../trial/trial-type.ts";

/** What infinite-width theory says. */
export const TheoryRef = builder.objectRef<Theory>("Theory").implement({
  fields: (t) => ({
    verdict: t.exposeString("verdict", { description: 'One word: "unstable", "trivial", "kernel", "feature".' }),
    summary: t.exposeString("summary"),
    assumptions: t.exposeString("assumptions"),
    exponents: t.expose("exponents", { type: "JSON", description: "Predicted exponents of n by metric name." }),
    detail: t.expose("detail", { type: "JSON" }),
  }),
});

/** Null where theory is silent, or the experiment is no longer known. */
export function theoryOf(experimentId: string, version: number, params: unknown): Theory | null {
  if (typeof params !== "object" || params === null) return null;
  // Stored params are those after parsing; a definition of the same version takes them as they are.
  return findExperiment(experimentId, version)?.theory({ ...params }) ?? null;
}

builder.prismaObjectField(TrialRef, "theory", (t) =>
  t.field({
    type: TheoryRef,
    nullable: true,
    select: { params: true, study: { select: { experimentId: true, experimentVersion: true } } },
    resolve: ({ params, study }) => theoryOf(study.experimentId, study.experimentVersion, params),
  }),
);
