import { Prisma } from "@widefield/prisma/client";
import { builder } from "../builder.ts";
import { nestedConnection } from "../relay/keyset-connection.ts";
import { VolunteerRef } from "../volunteer/volunteer-type.ts";
import { LeaseConnection, LeaseRef } from "./lease-type.ts";

builder.prismaObjectField(VolunteerRef, "leases", (t) =>
  t.connection(
    {
      type: LeaseRef,
      nullable: true,
      description: "Own only, newest first; null for others.",
      resolve: (volunteer, args, context, info) => {
        if (context.viewer?.id !== volunteer.id) return null;
        const keysetOf = (volunteerId: Prisma.Sql) => ({
          from: Prisma.sql`leases l`,
          where: [Prisma.sql`l.volunteer_id = ${volunteerId}`],
          id: Prisma.sql`l.id`,
          order: {
            name: "GRANTED_AT",
            expression: Prisma.sql`l.granted_at`,
            type: "time" as const,
            direction: "DESC" as const,
          },
        });
        return nestedConnection(context, info, volunteer.id, keysetOf, args, (ids, query) =>
          context.database.prisma.lease.findMany({ ...query, where: { id: { in: ids } } }),
        );
      },
    },
    LeaseConnection,
  ),
);
