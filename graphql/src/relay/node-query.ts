import { queryFromInfo } from "@pothos/plugin-prisma";
import type { GraphQLResolveInfo } from "graphql";
import type { ApiContext } from "../context.ts";

/**
 * What a connection's field selects of its nodes, as the `include` of one Prisma query: relations come along, none is fetched per row.
 * Spread it into `findMany`. Its own type says nothing, so that the rows keep theirs.
 */
export function nodeQuery(context: ApiContext, info: GraphQLResolveInfo): object {
  return queryFromInfo({ context, info, paths: [["edges", "node"], ["nodes"]] });
}
