import { builder } from "../builder.ts";
import { activeSince } from "./active-host.ts";
import { BackendEnum } from "./backend.ts";
import { HostKindEnum } from "./host-kind.ts";

/** A browser profile or machine that computes. */
export const HostRef = builder.prismaNode("Host", {
  id: { field: "id" },
  nullable: true,
  fields: (t) => ({
    name: t.exposeString("name"),
    kind: t.expose("kind", { type: HostKindEnum }),
    backend: t.expose("backend", { type: BackendEnum }),
    gpuVendor: t.exposeString("gpuVendor"),
    gpuArchitecture: t.exposeString("gpuArchitecture"),
    gpuDescription: t.exposeString("gpuDescription"),
    engine: t.exposeString("engine"),
    numericsClass: t.exposeString("numericsClass"),
    flopsPerSecond: t.exposeFloat("flopsPerSecond"),
    trusted: t.exposeBoolean("trusted"),
    validResults: t.exposeInt("validResults"),
    invalidResults: t.exposeInt("invalidResults"),
    validFlops: t.exposeFloat("validFlops"),
    createdAt: t.expose("createdAt", { type: "DateTime" }),
    lastSeenAt: t.expose("lastSeenAt", { type: "DateTime" }),
    active: t.boolean({
      description: "Seen in the last two minutes.",
      select: { lastSeenAt: true },
      resolve: (host, _args, { now }) => host.lastSeenAt >= activeSince(now()),
    }),
    volunteer: t.relation("volunteer"),
  }),
});

export const HostConnection = builder.connectionObject({ type: HostRef, name: "HostConnection" }, { name: "HostEdge" });
