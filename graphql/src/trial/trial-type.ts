import { builder } from "../builder.ts";
import { TrialStateEnum } from "./trial-state.ts";

/** One configuration and one seed, content-addressed. */
export const TrialRef = builder.prismaNode("Trial", {
  id: { field: "id" },
  nullable: true,
  fields: (t) => ({
    digest: t.exposeString("digest"),
    params: t.expose("params", { type: "JSON" }),
    seed: t.exposeInt("seed"),
    position: t.exposeInt("position"),
    state: t.expose("state", { type: TrialStateEnum }),
    adopted: t.exposeBoolean("adopted"),
    decidedRevision: t.exposeInt("decidedRevision", { nullable: true }),
    flops: t.exposeFloat("flops"),
    study: t.relation("study"),
    workUnit: t.relation("unit", { nullable: true }),
    canonicalResult: t.relation("canonicalResult", { nullable: true }),
  }),
});

export const TrialConnection = builder.connectionObject(
  { type: TrialRef, name: "TrialConnection" },
  { name: "TrialEdge" },
);
