import { Prisma } from "@widefield/prisma/client";
import { builder } from "../builder.ts";
import { keysetConnection } from "../relay/keyset-connection.ts";
import { StudyRef } from "../study/study-type.ts";
import { DecisionConnection, DecisionRef } from "./decision-type.ts";

builder.prismaObjectField(StudyRef, "decisions", (t) =>
  t.connection(
    {
      type: DecisionRef,
      description: "Append-only history, newest first.",
      resolve: ({ id }, args, context, info) => {
        const keyset = {
          from: Prisma.sql`decisions d`,
          where: [Prisma.sql`d.study_id = ${id}::uuid`],
          id: Prisma.sql`d.id`,
          order: {
            name: "REVISION",
            expression: Prisma.sql`d.revision`,
            type: "integer" as const,
            direction: "DESC" as const,
          },
        };
        return keysetConnection(context, info, keyset, args, (ids, query) =>
          context.database.prisma.decision.findMany({ ...query, where: { id: { in: ids } } }),
        );
      },
    },
    DecisionConnection,
  ),
);
