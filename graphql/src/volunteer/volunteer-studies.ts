import { Prisma } from "@widefield/prisma/client";
import { builder } from "../builder.ts";
import { nestedConnection } from "../relay/keyset-connection.ts";
import { StudyConnection, StudyRef } from "../study/study-type.ts";
import { visibleStudiesSql } from "../study/study-visibility.ts";
import { VolunteerRef } from "./volunteer-type.ts";

builder.prismaObjectField(VolunteerRef, "studies", (t) =>
  t.connection(
    {
      type: StudyRef,
      description: "The studies that it made, newest first.",
      resolve: ({ id }, args, context, info) => {
        const keysetOf = (volunteerId: Prisma.Sql) => ({
          from: Prisma.sql`studies s`,
          where: [Prisma.sql`s.created_by_id = ${volunteerId}`, visibleStudiesSql(context.viewer)],
          id: Prisma.sql`s.id`,
          order: {
            name: "CREATED_AT",
            expression: Prisma.sql`s.created_at`,
            type: "time" as const,
            direction: "DESC" as const,
          },
        });
        return nestedConnection(context, info, id, keysetOf, args, (ids, query) =>
          context.database.prisma.study.findMany({ ...query, where: { id: { in: ids } } }),
        );
      },
    },
    StudyConnection,
  ),
);
