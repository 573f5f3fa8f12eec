import { builder } from "../builder.ts";
import { LeaseStateEnum } from "./lease-state.ts";

const nobody = "00000000-0000-0000-0000-000000000000";

/** One host's claim on a unit. Its own volunteer's alone to see. */
export const LeaseRef = builder.prismaNode("Lease", {
  description: "Visible to its own volunteer only.",
  id: { field: "id" },
  nullable: true,
  findUnique: (id, context) => ({ id, volunteerId: context.viewer?.id ?? nobody }),
  fields: (t) => ({
    state: t.expose("state", { type: LeaseStateEnum }),
    progress: t.exposeFloat("progress"),
    grantedAt: t.expose("grantedAt", { type: "DateTime" }),
    reissueAt: t.expose("reissueAt", { type: "DateTime" }),
    refuseAt: t.expose("refuseAt", { type: "DateTime" }),
    endedAt: t.expose("endedAt", { type: "DateTime", nullable: true }),
    study: t.relation("study"),
    host: t.relation("host"),
    workUnit: t.relation("unit"),
  }),
});

export const LeaseConnection = builder.connectionObject(
  { type: LeaseRef, name: "LeaseConnection" },
  { name: "LeaseEdge" },
);
