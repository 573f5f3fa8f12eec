import { resolveCursorConnection } from "@pothos/plugin-relay";
import type { GraphQLResolveInfo } from "graphql";
import type { ApiContext } from "../context.ts";
import { badUserInput } from "../failure/bad-user-input.ts";
import { cursorOf, type Keyset, keysetCount, keysetPage } from "./keyset.ts";
import { nodeQuery } from "./node-query.ts";
import { defaultPageSize, maxPageSize } from "./page-size.ts";
import { selectedFields } from "./selected-fields.ts";

export interface ConnectionArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/**
 * A Relay connection over a keyset: one statement for the page, one to load its rows with what is selected of them, one more for
 * `totalCount`; each only if asked for.
 * @param load the rows of these ids, in any order; `query` is to be spread into Prisma's `findMany`.
 * @throws GraphQLError (BAD_USER_INPUT) for impossible page arguments.
 */
export async function keysetConnection<Row extends { readonly id: string }>(
  context: ApiContext,
  info: GraphQLResolveInfo,
  keyset: Keyset,
  args: ConnectionArguments,
  load: (ids: string[], query: object) => Promise<readonly Row[]>,
) {
  const { database } = context;
  const { first, last } = args;
  if ((first ?? 0) < 0 || (last ?? 0) < 0) throw badUserInput('"first" and "last" cannot be negative.');
  if (typeof first === "number" && typeof last === "number") throw badUserInput('Give "first" or "last", not both.');
  const totalCount = () => keysetCount(database, keyset);
  const selected = selectedFields(info);
  if (!["edges", "nodes", "pageInfo"].some((name) => selected.has(name))) {
    return { edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: false }, totalCount };
  }
  const query = nodeQuery(context, info);
  const keys = new Map<string, string>();
  const connection = await resolveCursorConnection<Promise<Row[]>>(
    { args, defaultSize: defaultPageSize, maxSize: maxPageSize, toCursor: (row) => keys.get(row.id) ?? "" },
    async (page) => {
      const found = await keysetPage(database, keyset, page);
      for (const row of found) keys.set(row.id, cursorOf(keyset.order, row));
      const ids = found.map((row) => row.id);
      const rows = ids.length === 0 ? [] : await load(ids, query);
      const byId = new Map(rows.map((row) => [row.id, row]));
      // A row deleted between the two statements is left out.
      return ids.flatMap((id) => byId.get(id) ?? []);
    },
  );
  const { startCursor, endCursor } = connection.pageInfo;
  return {
    ...connection,
    // Null, not empty, when the page has no rows.
    pageInfo: { ...connection.pageInfo, startCursor: startCursor || null, endCursor: endCursor || null },
    totalCount,
  };
}
