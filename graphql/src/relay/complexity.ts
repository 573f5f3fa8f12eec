import type { GraphQLField } from "graphql";
import { defaultPageSize, maxPageSize } from "./page-size.ts";

/**
 * What a field costs: itself, and what stands beneath it once per row that it may give.
 * Connections count the rows that were asked for; other lists are taken to have five.
 */
export function fieldComplexity(
  args: Record<string, unknown>,
  _context: unknown,
  field: GraphQLField<unknown, never, Record<string, unknown>>,
): { field: number; multiplier: number } {
  return { field: 1, multiplier: rows(args, field) };
}

function rows(args: Record<string, unknown>, field: GraphQLField<unknown, never, Record<string, unknown>>): number {
  if (field.args.some(({ name }) => name === "last")) {
    const size = Number(args.first ?? args.last ?? defaultPageSize);
    return Math.min(Math.max(size, 0), maxPageSize);
  }
  if (Array.isArray(args.ids)) return args.ids.length;
  // The rows of a connection were counted at the connection.
  if (field.args.length === 0 && (field.name === "nodes" || field.name === "edges")) return 1;
  return String(field.type).startsWith("[") ? 5 : 1;
}
