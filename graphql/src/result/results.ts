import { Prisma, type Study } from "@widefield/prisma/client";
import type { GraphQLResolveInfo } from "graphql";
import { builder } from "../builder.ts";
import type { ApiContext } from "../context.ts";
import { type ConnectionArguments, keysetConnection } from "../relay/keyset-connection.ts";
import { StudyRef } from "../study/study-type.ts";
import { ResultFilterInput, ResultOrderInput } from "./result-filter-input.ts";
import { type ResultFilter, resultListing } from "./result-listing.ts";
import { orderedListing, type ResultOrder } from "./result-order.ts";
import { ResultConnection, ResultRef } from "./result-type.ts";

interface ResultArguments extends ConnectionArguments {
  readonly where?: ResultFilter | null | undefined;
  readonly orderBy?: ResultOrder | null | undefined;
}

builder.queryField("results", (t) =>
  t.connection(
    {
      type: ResultRef,
      args: { where: t.arg({ type: ResultFilterInput }), orderBy: t.arg({ type: ResultOrderInput }) },
      resolve: (_root, args, context, info) => listResults(args, context, info, null),
    },
    ResultConnection,
  ),
);

builder.prismaObjectField(StudyRef, "results", (t) =>
  t.connection(
    {
      type: ResultRef,
      args: { where: t.arg({ type: ResultFilterInput }), orderBy: t.arg({ type: ResultOrderInput }) },
      resolve: (study, args, context, info) => listResults(args, context, info, study),
    },
    ResultConnection,
  ),
);

async function listResults(args: ResultArguments, context: ApiContext, info: GraphQLResolveInfo, study: Study | null) {
  const listing = await resultListing(context, args.where ?? {}, study);
  const { from, order } = orderedListing(listing, args.orderBy);
  const keyset = { from, where: listing.where, id: Prisma.sql`r.id`, order };
  return keysetConnection(context, info, keyset, args, (ids, query) =>
    context.database.prisma.result.findMany({ ...query, where: { id: { in: ids } } }),
  );
}
