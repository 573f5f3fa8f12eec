import { resolveCursorConnection } from "@pothos/plugin-relay";
import { Prisma } from "@widefield/prisma/client";
import DataLoader from "dataloader";
import type { GraphQLResolveInfo } from "graphql";
import type { ApiContext } from "../context.ts";
import { badUserInput } from "../failure/bad-user-input.ts";
import {
  cursorOf,
  type Keyset,
  type KeysetOrder,
  type KeysetPage,
  type KeysetRow,
  keysetCount,
  keysetCounts,
  keysetPage,
  keysetPages,
} from "./keyset.ts";
import { nodeQuery } from "./node-query.ts";
import { defaultPageSize, maxPageSize } from "./page-size.ts";
import { selectedFields } from "./selected-fields.ts";
import { sharedAt } from "./shared-at.ts";

export interface ConnectionArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** The rows of these ids, in any order; `query` is to be spread into Prisma's `findMany`. */
type Load<Row> = (ids: string[], query: object) => Promise<readonly Row[]>;

/**
 * A Relay connection over a keyset: one statement for the page, one to load its rows with what is selected of them, one more for
 * `totalCount`; each only if asked for.
 * @throws GraphQLError (BAD_USER_INPUT) for impossible page arguments.
 */
export async function keysetConnection<Row extends { readonly id: string }>(
  context: ApiContext,
  info: GraphQLResolveInfo,
  keyset: Keyset,
  args: ConnectionArguments,
  load: Load<Row>,
) {
  const { database } = context;
  const query = nodeQuery(context, info);
  return connection(info, keyset.order, args, {
    page: (page) => keysetPage(database, keyset, page),
    rows: (ids) => load(ids, query),
    totalCount: () => keysetCount(database, keyset),
  });
}

/**
 * The same beneath a parent. However many parents stand side by side, their pages are one statement, their rows one and their counts one.
 * @param keysetOf the listing of a parent, whose id (a uuid) it gets as SQL: a value, or a column of a statement over several parents.
 */
export async function nestedConnection<Row extends { readonly id: string }>(
  context: ApiContext,
  info: GraphQLResolveInfo,
  parentId: string,
  keysetOf: (parentId: Prisma.Sql) => Keyset,
  args: ConnectionArguments,
  load: Load<Row>,
) {
  const { database } = context;
  // For every parent, not once for the batch: Pothos remembers by its place in the answer what a row was loaded with.
  const query = nodeQuery(context, info);
  const batch = batches(info, () => {
    return {
      pages: pagesOf((parents, page) => keysetPages(database, parents, keysetOf, page)),
      counts: new DataLoader<string, number>((parents) => keysetCounts(database, parents, keysetOf)),
      rows: new DataLoader<string, { readonly id: string } | null>(async (ids) => {
        const found = new Map((await load([...ids], query)).map((row) => [row.id, row]));
        return ids.map((id) => found.get(id) ?? null);
      }),
    };
  });
  return connection<Row>(info, keysetOf(Prisma.empty).order, args, {
    page: (page) => batch.pages(page).load(parentId),
    // What `load` gave: one place in a query has one type of rows.
    rows: async (ids) => (await batch.rows.loadMany(ids)).flatMap((row) => rowOrThrow(row) as Row | []),
    totalCount: () => batch.counts.load(parentId),
  });
}

interface Batch {
  readonly pages: (page: KeysetPage) => DataLoader<string, KeysetRow[]>;
  readonly counts: DataLoader<string, number>;
  readonly rows: DataLoader<string, { readonly id: string } | null>;
}

const batches = sharedAt<Batch>();

/** All fields of a place ask for the same page, which is known when the first of them asks. */
function pagesOf(
  read: (parents: readonly string[], page: KeysetPage) => Promise<KeysetRow[][]>,
): (page: KeysetPage) => DataLoader<string, KeysetRow[]> {
  let loader: DataLoader<string, KeysetRow[]> | undefined;
  return (page) => (loader ??= new DataLoader((parents) => read(parents, page)));
}

/** A row deleted between the two statements is left out. */
function rowOrThrow<Row>(row: Row | null | Error): Row | [] {
  if (row instanceof Error) throw row;
  return row ?? [];
}

interface Source<Row> {
  page(page: KeysetPage): Promise<KeysetRow[]>;
  /** In any order. */
  rows(ids: string[]): Promise<readonly Row[]>;
  totalCount(): Promise<number>;
}

async function connection<Row extends { readonly id: string }>(
  info: GraphQLResolveInfo,
  order: KeysetOrder,
  args: ConnectionArguments,
  source: Source<Row>,
) {
  const { first, last } = args;
  if ((first ?? 0) < 0 || (last ?? 0) < 0) throw badUserInput('"first" and "last" cannot be negative.');
  if (typeof first === "number" && typeof last === "number") throw badUserInput('Give "first" or "last", not both.');
  const totalCount = () => source.totalCount();
  const selected = selectedFields(info);
  if (!["edges", "nodes", "pageInfo"].some((name) => selected.has(name))) {
    return { edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: false }, totalCount };
  }
  const keys = new Map<string, string>();
  const found = await resolveCursorConnection<Promise<Row[]>>(
    { args, defaultSize: defaultPageSize, maxSize: maxPageSize, toCursor: (row) => keys.get(row.id) ?? "" },
    async (page) => {
      const rowKeys = await source.page(page);
      for (const row of rowKeys) keys.set(row.id, cursorOf(order, row));
      const ids = rowKeys.map((row) => row.id);
      const rows = ids.length === 0 ? [] : await source.rows(ids);
      const byId = new Map(rows.map((row) => [row.id, row]));
      // A row deleted between the two statements is left out.
      return ids.flatMap((id) => byId.get(id) ?? []);
    },
  );
  const { startCursor, endCursor } = found.pageInfo;
  return {
    ...found,
    // Null, not empty, when the page has no rows.
    pageInfo: { ...found.pageInfo, startCursor: startCursor || null, endCursor: endCursor || null },
    totalCount,
  };
}
