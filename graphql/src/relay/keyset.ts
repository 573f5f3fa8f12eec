import { Buffer } from "node:buffer";
import { Prisma } from "@widefield/prisma/client";
import type { Database } from "@widefield/prisma/open-database";
import { badUserInput } from "../failure/bad-user-input.ts";
import { boundedRead } from "./bounded-read.ts";

/**
 * A listing that can be paged by key: rows of `from` that meet `where`, ordered by one value and then by id.
 * A page starts after a remembered (value, id), not after a count of rows, so rows that arrive or go shift nothing.
 */
export interface Keyset {
  /** What follows FROM. */
  readonly from: Prisma.Sql;
  /** Joined by AND. */
  readonly where: readonly Prisma.Sql[];
  /** A uuid, unique in the listing. */
  readonly id: Prisma.Sql;
  readonly order: KeysetOrder;
}

export interface KeysetOrder {
  /** Tells this ordering from others in a cursor. */
  readonly name: string;
  readonly expression: Prisma.Sql;
  readonly type: keyof typeof keyTypes;
  /** Whether rows may have no value: they come last, at the price of a slower page. */
  readonly nullable?: boolean;
  readonly direction: "ASC" | "DESC";
}

/** One row of a page: its id and the value that it is ordered by, as text. */
export interface KeysetRow {
  readonly id: string;
  readonly key: string | null;
}

/** How to cast a key back, and which texts of a cursor may be cast. */
const keyTypes = {
  integer: { cast: Prisma.sql`::bigint`, accepts: (key: string) => /^-?\d{1,18}$/.test(key) },
  float: { cast: Prisma.sql`::float8`, accepts: (key: string) => key !== "" && Number.isFinite(Number(key)) },
  text: { cast: Prisma.sql`::text`, accepts: (key: string) => !key.includes("\0") },
  json: { cast: Prisma.sql`::jsonb`, accepts: isPlainJson },
  time: {
    cast: Prisma.sql`::timestamptz`,
    accepts: (key: string) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d){0,2}$/.test(key),
  },
} as const;

export interface KeysetPage {
  readonly after?: string;
  readonly before?: string;
  readonly limit: number;
  /** Pages from the end towards the start: rows come in inverted order, as `resolveCursorConnection` wants them. */
  readonly inverted: boolean;
}

/**
 * One page. Rows without a value come last, whatever the direction.
 * @throws GraphQLError (BAD_USER_INPUT) for a cursor of another listing.
 */
export async function keysetPage(database: Database, keyset: Keyset, page: KeysetPage): Promise<KeysetRow[]> {
  return boundedRead<KeysetRow>(database, pageSql(keyset, page));
}

/** The same page of several parents' listings, in one statement; in the order of the parents. */
export async function keysetPages(
  database: Database,
  parents: readonly string[],
  keysetOf: (parentId: Prisma.Sql) => Keyset,
  page: KeysetPage,
): Promise<KeysetRow[][]> {
  const [only, ...others] = parents;
  // By itself a listing is planned for the very parent that it is of.
  if (only !== undefined && others.length === 0) {
    return [await keysetPage(database, keysetOf(Prisma.sql`${only}::uuid`), page)];
  }
  const keyset = keysetOf(Prisma.sql`parent.id`);
  const statement = Prisma.sql`
    SELECT parent.id AS parent, k.id, k.key FROM unnest(${[...parents]}::uuid[]) AS parent(id)
    CROSS JOIN LATERAL (SELECT page.*, row_number() OVER () AS at FROM (${pageSql(keyset, page)}) page) k
    ORDER BY parent.id, k.at`;
  const rows = await boundedRead<KeysetRow & { parent: string }>(database, statement);
  const pages = new Map<string, KeysetRow[]>(parents.map((id) => [id, []]));
  for (const { parent, id, key } of rows) pages.get(parent)?.push({ id, key });
  return parents.map((id) => pages.get(id) ?? []);
}

function pageSql(keyset: Keyset, page: KeysetPage): Prisma.Sql {
  const { order } = keyset;
  const descending = (order.direction === "DESC") !== page.inverted;
  const where = [
    ...keyset.where,
    ...(page.after === undefined ? [] : [beyond(keyset, page.after, "after")]),
    ...(page.before === undefined ? [] : [beyond(keyset, page.before, "before")]),
  ];
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const nulls = !order.nullable ? Prisma.empty : page.inverted ? Prisma.sql`NULLS FIRST` : Prisma.sql`NULLS LAST`;
  return Prisma.sql`
    SELECT ${keyset.id} AS id, (${order.expression})::text AS key FROM ${keyset.from} ${whereAll(where)}
    ORDER BY ${order.expression} ${direction} ${nulls}, ${keyset.id} ${direction} LIMIT ${page.limit}::int`;
}

/** How many rows the whole listing has. */
export async function keysetCount(database: Database, keyset: Keyset): Promise<number> {
  const [row] = await boundedRead<{ count: number }>(database, countSql(keyset));
  return row?.count ?? 0;
}

/** The same for several parents' listings, in one statement; in the order of the parents. */
export async function keysetCounts(
  database: Database,
  parents: readonly string[],
  keysetOf: (parentId: Prisma.Sql) => Keyset,
): Promise<number[]> {
  const statement = Prisma.sql`
    SELECT parent.id, (${countSql(keysetOf(Prisma.sql`parent.id`))}) AS count
    FROM unnest(${[...parents]}::uuid[]) AS parent(id)`;
  const rows = await boundedRead<{ id: string; count: number }>(database, statement);
  const counts = new Map(rows.map((row) => [row.id, row.count]));
  return parents.map((id) => counts.get(id) ?? 0);
}

function countSql({ from, where }: Keyset): Prisma.Sql {
  return Prisma.sql`SELECT count(*)::int AS count FROM ${from} ${whereAll(where)}`;
}

/** The opaque cursor of a row. */
export function cursorOf(order: KeysetOrder, row: KeysetRow): string {
  return Buffer.from(JSON.stringify([tagOf(order), row.key, row.id]), "utf8").toString("base64url");
}

/** `WHERE a AND b`, or nothing. */
export function whereAll(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  if (conditions.length === 0) return Prisma.empty;
  return Prisma.sql`WHERE ${Prisma.join(
    conditions.map((condition) => Prisma.sql`(${condition})`),
    " AND ",
  )}`;
}

/** Rows on the far side of a cursor, in the listing's own order (nulls last). */
function beyond(keyset: Keyset, cursor: string, side: "after" | "before"): Prisma.Sql {
  const { order, id } = keyset;
  const row = parseCursor(order, cursor, side);
  const forward = side === "after";
  // Rows with greater keys come later when ascending; towards the start it is the other way round.
  const greater = (order.direction === "ASC") === forward;
  const sign = greater ? Prisma.sql`>` : Prisma.sql`<`;
  const beyondId = Prisma.sql`${id} ${sign} ${row.id}::uuid`;
  if (row.key === null) {
    const sameNull = Prisma.sql`${order.expression} IS NULL AND ${beyondId}`;
    return forward ? sameNull : Prisma.sql`${order.expression} IS NOT NULL OR (${sameNull})`;
  }
  const key = Prisma.sql`${row.key}::text${keyTypes[order.type].cast}`;
  // The bound comes first by itself, so that an index leads straight to the page: an OR alone would read all pages before it.
  const bound = greater ? Prisma.sql`>=` : Prisma.sql`<=`;
  const values = Prisma.sql`${order.expression} ${bound} ${key} AND (${order.expression} ${sign} ${key} OR ${beyondId})`;
  return forward && order.nullable ? Prisma.sql`(${values}) OR ${order.expression} IS NULL` : values;
}

function parseCursor(order: KeysetOrder, cursor: string, side: string): KeysetRow {
  const parts = parseJson(Buffer.from(cursor, "base64url").toString("utf8"));
  const [tag, key, id] = Array.isArray(parts) ? (parts as unknown[]) : [];
  const sound =
    typeof id === "string" &&
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) &&
    (key === null || (typeof key === "string" && keyTypes[order.type].accepts(key)));
  if (!sound) throw badUserInput(`The cursor given as "${side}" is not one of this API.`);
  if (tag !== tagOf(order)) {
    throw badUserInput(`The cursor given as "${side}" belongs to another ordering. Start again from the first page.`);
  }
  return { id, key };
}

function tagOf(order: KeysetOrder): string {
  return `${order.name} ${order.direction}`;
}

function isPlainJson(text: string): boolean {
  return parseJson(text) !== undefined && !text.includes("\\u0000");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
