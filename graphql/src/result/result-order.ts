import { Prisma } from "@widefield/prisma/client";
import { badUserInput } from "../failure/bad-user-input.ts";
import type { KeysetOrder } from "../relay/keyset.ts";
import { checkMetricName } from "./metric-name.ts";
import { paramSql, parseParamPath } from "./param-path.ts";
import type { ResultListing } from "./result-listing.ts";

export interface ResultOrder {
  readonly field?: "POSITION" | "CREATED_AT" | "DECIDED_AT" | "ELAPSED_MS" | null | undefined;
  readonly param?: string | null | undefined;
  readonly metric?: string | null | undefined;
  readonly direction: "ASC" | "DESC";
}

const fields = {
  POSITION: { expression: Prisma.sql`t.position`, type: "integer" },
  CREATED_AT: { expression: Prisma.sql`r.created_at`, type: "time" },
  DECIDED_AT: { expression: Prisma.sql`r.decided_at`, type: "time", nullable: true },
  ELAPSED_MS: { expression: Prisma.sql`r.elapsed_ms`, type: "float" },
} as const;

/**
 * The ordering of a listing; by default a study's own order, and newest first over all studies.
 * @returns the listing with what the ordering needs joined to it.
 * @throws GraphQLError (BAD_USER_INPUT) unless exactly one of field, param and metric is given.
 */
export function orderedListing(
  listing: ResultListing,
  given: ResultOrder | null | undefined,
): { from: Prisma.Sql; order: KeysetOrder } {
  const fallback: ResultOrder = listing.study
    ? { field: "POSITION", direction: "ASC" }
    : { field: "CREATED_AT", direction: "DESC" };
  const { field, param, metric, direction } = given ?? fallback;
  if ([field, param, metric].filter((choice) => typeof choice === "string").length !== 1) {
    throw badUserInput('"orderBy" takes exactly one of "field", "param" and "metric".');
  }
  if (field) return { from: listing.from, order: { name: field, ...fields[field], direction } };
  if (param) {
    const expression = paramSql(parseParamPath(param, listing.definition));
    return {
      from: listing.from,
      order: { name: `param ${param}`, expression, type: "json", nullable: true, direction },
    };
  }
  const name = metric ?? "";
  checkMetricName(name, listing.definition);
  return {
    from: Prisma.sql`${listing.from} LEFT JOIN measurements om
      ON om.result_id = r.id AND om.metric = ${name} AND ${listing.unsealed}`,
    order: { name: `metric ${name}`, expression: Prisma.sql`om.value`, type: "float", nullable: true, direction },
  };
}
