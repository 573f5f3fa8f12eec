import { builder } from "../builder.ts";
import { DecisionKindEnum } from "./decision-kind.ts";

/** One entry of a study's append-only history. */
export const DecisionRef = builder.prismaNode("Decision", {
  id: { field: "id" },
  nullable: true,
  fields: (t) => ({
    revision: t.exposeInt("revision"),
    kind: t.expose("kind", { type: DecisionKindEnum }),
    digest: t.exposeString("digest", {
      nullable: true,
      description: "For PUBLISHED and EXTENDED: the digest of the study as it then stood.",
    }),
    createdAt: t.expose("createdAt", { type: "DateTime" }),
    trial: t.relation("trial", { nullable: true }),
    result: t.relation("result", { nullable: true }),
  }),
});

export const DecisionConnection = builder.connectionObject(
  { type: DecisionRef, name: "DecisionConnection" },
  { name: "DecisionEdge" },
);
