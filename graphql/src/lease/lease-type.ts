import type { Lease } from "@widefield/prisma/client";
import { builder } from "../builder.ts";
import { LeaseStateEnum } from "./lease-state.ts";

/** One host's claim on a unit. Its own volunteer's alone to see. */
export const LeaseRef = builder.prismaObject("Lease", {
  description: "Visible to its own volunteer only.",
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

builder.nodeRef<Lease, string, typeof LeaseRef>(LeaseRef, {
  id: { resolve: (lease) => lease.id },
  // Not Pothos's `findUnique`, whose condition beside the id would cost a statement for each.
  loadManyWithoutCache: async (ids, { database, viewer }) => {
    if (!viewer) return ids.map(() => null);
    const leases = await database.prisma.lease.findMany({ where: { id: { in: ids }, volunteerId: viewer.id } });
    const byId = new Map(leases.map((lease) => [lease.id, lease]));
    return ids.map((id) => byId.get(id) ?? null);
  },
});

export const LeaseConnection = builder.connectionObject(
  { type: LeaseRef, name: "LeaseConnection" },
  { name: "LeaseEdge" },
);
