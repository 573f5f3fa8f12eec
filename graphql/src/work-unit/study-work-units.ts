import { Prisma } from "@widefield/prisma/client";
import { builder } from "../builder.ts";
import { nestedConnection } from "../relay/keyset-connection.ts";
import { StudyRef } from "../study/study-type.ts";
import { WorkUnitConnection, WorkUnitRef } from "./work-unit-type.ts";

builder.prismaObjectField(StudyRef, "workUnits", (t) =>
  t.connection(
    {
      type: WorkUnitRef,
      description: "Cheapest first, as they are handed out.",
      resolve: ({ id }, args, context, info) => {
        const keysetOf = (studyId: Prisma.Sql) => ({
          from: Prisma.sql`work_units u`,
          where: [Prisma.sql`u.study_id = ${studyId}`],
          id: Prisma.sql`u.id`,
          order: { name: "FLOPS", expression: Prisma.sql`u.flops`, type: "float" as const, direction: "ASC" as const },
        });
        return nestedConnection(context, info, id, keysetOf, args, (ids, query) =>
          context.database.prisma.workUnit.findMany({ ...query, where: { id: { in: ids } } }),
        );
      },
    },
    WorkUnitConnection,
  ),
);
