import { Prisma } from "@widefield/prisma/client";
import { builder } from "../builder.ts";
import type { ApiContext } from "../context.ts";
import type { Keyset } from "../relay/keyset.ts";
import { keysetConnection, nestedConnection } from "../relay/keyset-connection.ts";
import { StudyRef } from "../study/study-type.ts";
import { ResultFilterInput, ResultOrderInput } from "./result-filter-input.ts";
import { type ResultListing, resultListing, studyListing } from "./result-listing.ts";
import { orderedListing, type ResultOrder } from "./result-order.ts";
import { ResultConnection, ResultRef } from "./result-type.ts";

builder.queryField("results", (t) =>
  t.connection(
    {
      type: ResultRef,
      args: { where: t.arg({ type: ResultFilterInput }), orderBy: t.arg({ type: ResultOrderInput }) },
      resolve: async (_root, { where, orderBy, ...page }, context, info) =>
        keysetConnection(
          context,
          info,
          keysetOf(await resultListing(context, where ?? {}), orderBy),
          page,
          loader(context),
        ),
    },
    ResultConnection,
  ),
);

builder.prismaObjectField(StudyRef, "results", (t) =>
  t.connection(
    {
      type: ResultRef,
      args: { where: t.arg({ type: ResultFilterInput }), orderBy: t.arg({ type: ResultOrderInput }) },
      resolve: (study, { where, orderBy, ...page }, context, info) => {
        const within = (studyId: Prisma.Sql) =>
          keysetOf(studyListing(where ?? {}, context.viewer, study, studyId), orderBy);
        return nestedConnection(context, info, study.id, within, page, loader(context));
      },
    },
    ResultConnection,
  ),
);

function keysetOf(listing: ResultListing, orderBy: ResultOrder | null | undefined): Keyset {
  const { from, order } = orderedListing(listing, orderBy);
  return { from, where: listing.where, id: Prisma.sql`r.id`, order };
}

function loader({ database }: ApiContext) {
  return (ids: string[], query: object) => database.prisma.result.findMany({ ...query, where: { id: { in: ids } } });
}
