import { Prisma } from "@widefield/prisma/client";
import { builder } from "../builder.ts";
import type { Keyset, KeysetOrder } from "../relay/keyset.ts";
import { keysetConnection, nestedConnection } from "../relay/keyset-connection.ts";
import { OrderDirectionEnum } from "../relay/order-direction.ts";
import { VolunteerRef } from "../volunteer/volunteer-type.ts";
import { activeSince } from "./active-host.ts";
import { BackendEnum } from "./backend.ts";
import { HostKindEnum } from "./host-kind.ts";
import { HostConnection, HostRef } from "./host-type.ts";

const HostFilterInput = builder.inputType("HostFilter", {
  fields: (t) => ({
    active: t.boolean(),
    backend: t.field({ type: [BackendEnum] }),
    kind: t.field({ type: [HostKindEnum] }),
  }),
});

const HostOrderFieldEnum = builder.enumType("HostOrderField", {
  values: ["LAST_SEEN_AT", "VALID_FLOPS", "FLOPS_PER_SECOND"] as const,
});

const HostOrderInput = builder.inputType("HostOrder", {
  fields: (t) => ({
    field: t.field({ type: HostOrderFieldEnum, required: true }),
    direction: t.field({ type: OrderDirectionEnum, required: true, defaultValue: "DESC" }),
  }),
});

const orders = {
  LAST_SEEN_AT: { expression: Prisma.sql`h.last_seen_at`, type: "time" },
  VALID_FLOPS: { expression: Prisma.sql`h.valid_flops`, type: "float" },
  FLOPS_PER_SECOND: { expression: Prisma.sql`h.flops_per_second`, type: "float" },
} as const;

/** Hosts that meet the conditions, by default those seen last first. */
function hostKeyset(where: readonly Prisma.Sql[], field: keyof typeof orders, direction: "ASC" | "DESC"): Keyset {
  const order: KeysetOrder = { name: field, ...orders[field], direction };
  return { from: Prisma.sql`hosts h`, where, id: Prisma.sql`h.id`, order };
}

builder.queryField("hosts", (t) =>
  t.connection(
    {
      type: HostRef,
      args: { where: t.arg({ type: HostFilterInput }), orderBy: t.arg({ type: HostOrderInput }) },
      resolve: (_root, args, context, info) => {
        const { field, direction } = args.orderBy ?? { field: "LAST_SEEN_AT" as const, direction: "DESC" as const };
        const keyset = hostKeyset(conditions(args.where ?? {}, context.now()), field, direction);
        return keysetConnection(context, info, keyset, args, (ids, query) =>
          context.database.prisma.host.findMany({ ...query, where: { id: { in: ids } } }),
        );
      },
    },
    HostConnection,
  ),
);

builder.prismaObjectField(VolunteerRef, "hosts", (t) =>
  t.connection(
    {
      type: HostRef,
      resolve: ({ id }, args, context, info) => {
        const keysetOf = (volunteerId: Prisma.Sql) =>
          hostKeyset([Prisma.sql`h.volunteer_id = ${volunteerId}`], "LAST_SEEN_AT", "DESC");
        return nestedConnection(context, info, id, keysetOf, args, (ids, query) =>
          context.database.prisma.host.findMany({ ...query, where: { id: { in: ids } } }),
        );
      },
    },
    HostConnection,
  ),
);

function conditions({ active, backend, kind }: typeof HostFilterInput.$inferInput, now: Date): Prisma.Sql[] {
  const since = activeSince(now);
  return [
    ...(active === true ? [Prisma.sql`h.last_seen_at >= ${since}::timestamptz`] : []),
    ...(active === false ? [Prisma.sql`h.last_seen_at < ${since}::timestamptz`] : []),
    ...(backend ? [Prisma.sql`h.backend::text = ANY(${backend}::text[])`] : []),
    ...(kind ? [Prisma.sql`h.kind::text = ANY(${kind}::text[])`] : []),
  ];
}
