import { Prisma } from "@widefield/prisma/client";
import { builder } from "../builder.ts";
import { nestedConnection } from "../relay/keyset-connection.ts";
import { StudyRef } from "../study/study-type.ts";
import { DecisionConnection, DecisionRef } from "./decision-type.ts";

builder.prismaObjectField(StudyRef, "decisions", (t) =>
  t.connection(
    {
      type: DecisionRef,
      description: "Append-only history, newest first.",
      resolve: ({ id }, args, context, info) => {
        const keysetOf = (studyId: Prisma.Sql) => ({
          from: Prisma.sql`decisions d`,
          where: [Prisma.sql`d.study_id = ${studyId}`],
          id: Prisma.sql`d.id`,
          order: {
            name: "REVISION",
            expression: Prisma.sql`d.revision`,
            type: "integer" as const,
            direction: "DESC" as const,
          },
        });
        return nestedConnection(context, info, id, keysetOf, args, (ids, query) =>
          context.database.prisma.decision.findMany({ ...query, where: { id: { in: ids } } }),
        );
      },
    },
    DecisionConnection,
  ),
);
