import { resolveCursorConnection } from "@pothos/plugin-relay";
import type { Database } from "@widefield/prisma/open-database";
import { badUserInput } from "../failure/bad-user-input.ts";
import { cursorOf, type Keyset, keysetCount, keysetPage } from "./keyset.ts";

/** Rows of a page at most; what asks for more gets this many and `hasNextPage`. */
export const maxPageSize = 1000;
export const defaultPageSize = 50;

export interface ConnectionArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/**
 * A Relay connection over a keyset: one statement for the page, one to load its rows, and one more for `totalCount` if asked.
 * @param load the rows of these ids, in any order.
 * @throws GraphQLError (BAD_USER_INPUT) for impossible page arguments.
 */
export async function keysetConnection<Row extends { readonly id: string }>(
  database: Database,
  keyset: Keyset,
  args: ConnectionArguments,
  load: (ids: string[]) => Promise<readonly Row[]>,
) {
  const { first, last } = args;
  if ((first ?? 0) < 0 || (last ?? 0) < 0) throw badUserInput('"first" and "last" cannot be negative.');
  if (typeof first === "number" && typeof last === "number") throw badUserInput('Give "first" or "last", not both.');
  const keys = new Map<string, string>();
  const connection = await resolveCursorConnection<Promise<Row[]>>(
    { args, defaultSize: defaultPageSize, maxSize: maxPageSize, toCursor: (row) => keys.get(row.id) ?? "" },
    async (page) => {
      const found = await keysetPage(database, keyset, page);
      for (const row of found) keys.set(row.id, cursorOf(keyset.order, row));
      const rows = found.length === 0 ? [] : await load(found.map((row) => row.id));
      const byId = new Map(rows.map((row) => [row.id, row]));
      // A row deleted between the two statements is left out.
      return found.flatMap(({ id }) => byId.get(id) ?? []);
    },
  );
  const { startCursor, endCursor } = connection.pageInfo;
  return {
    ...connection,
    // Null, not empty, when the page has no rows.
    pageInfo: { ...connection.pageInfo, startCursor: startCursor || null, endCursor: endCursor || null },
    totalCount: () => keysetCount(database, keyset),
  };
}
