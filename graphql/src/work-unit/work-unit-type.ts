import { builder } from "../builder.ts";
import { WorkUnitStateEnum } from "./work-unit-state.ts";

/** What is handed out: one trial, or several packed into one program. */
export const WorkUnitRef = builder.prismaNode("WorkUnit", {
  id: { field: "id" },
  nullable: true,
  fields: (t) => ({
    state: t.expose("state", { type: WorkUnitStateEnum }),
    openSlots: t.exposeInt("openSlots"),
    trialCount: t.exposeInt("trialCount"),
    flops: t.exposeFloat("flops"),
    peakBytes: t.float({ select: { peakBytes: true }, resolve: (unit) => Number(unit.peakBytes) }),
    largestBufferBytes: t.float({
      select: { largestBufferBytes: true },
      resolve: (unit) => Number(unit.largestBufferBytes),
    }),
    downloadBytes: t.float({ select: { downloadBytes: true }, resolve: (unit) => Number(unit.downloadBytes) }),
    createdAt: t.expose("createdAt", { type: "DateTime" }),
    trials: t.relation("trials", { query: { orderBy: { position: "asc" } } }),
  }),
});

export const WorkUnitConnection = builder.connectionObject(
  { type: WorkUnitRef, name: "WorkUnitConnection" },
  { name: "WorkUnitEdge" },
);
