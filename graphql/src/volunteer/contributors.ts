import { Prisma } from "@widefield/prisma/client";
import { builder } from "../builder.ts";
import type { Keyset } from "../relay/keyset.ts";
import { keysetConnection } from "../relay/keyset-connection.ts";
import type { Contribution } from "./contribution.ts";
import { VolunteerConnection, VolunteerRef } from "./volunteer-type.ts";

const ContributionRef = builder.objectRef<Contribution>("Contribution").implement({
  fields: (t) => ({
    hosts: t.exposeInt("hosts"),
    validResults: t.exposeInt("validResults"),
    pendingResults: t.exposeInt("pendingResults", { description: "Replicas that wait for their quorum." }),
    invalidResults: t.exposeInt("invalidResults"),
    validFlops: t.exposeFloat("validFlops"),
  }),
});

builder.prismaObjectField(VolunteerRef, "contribution", (t) =>
  t.field({ type: ContributionRef, resolve: ({ id }, _args, { loaders }) => loaders.contribution.load(id) }),
);

/** Accounts with a host, by the work of all their hosts. */
const contributors: Keyset = {
  from: Prisma.sql`(
    SELECT v.id, sum(h.valid_flops) AS flops FROM volunteers v JOIN hosts h ON h.volunteer_id = v.id GROUP BY v.id
  ) c`,
  where: [],
  id: Prisma.sql`c.id`,
  order: { name: "VALID_FLOPS", expression: Prisma.sql`c.flops`, type: "float", direction: "DESC" },
};

builder.queryField("contributors", (t) =>
  t.connection(
    {
      type: VolunteerRef,
      description: "Accounts by contribution, greatest first.",
      resolve: (_root, args, context, info) => {
        return keysetConnection(context, info, contributors, args, (ids, query) =>
          context.database.prisma.volunteer.findMany({ ...query, where: { id: { in: ids } } }),
        );
      },
    },
    VolunteerConnection,
  ),
);
