import type { ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import { Prisma } from "@widefield/prisma/client";
import { badUserInput } from "../failure/bad-user-input.ts";
import { checkMetricName } from "./metric-name.ts";
import { paramSql, parseParamPath } from "./param-path.ts";

type Given<Value> = Value | null | undefined;

export interface Range {
  readonly gte?: Given<number>;
  readonly lte?: Given<number>;
  readonly gt?: Given<number>;
  readonly lt?: Given<number>;
}

export interface ParamFilter extends Range {
  readonly param: string;
  readonly equals?: unknown;
  readonly in?: Given<readonly unknown[]>;
}

export interface MetricFilter extends Range {
  readonly metric: string;
  readonly equals?: Given<number>;
  readonly in?: Given<readonly number[]>;
  readonly isNull?: Given<boolean>;
}

/**
 * A condition on the params of the trial under the alias `t`. Numbers compare as numbers (1 equals 1.0);
 * a range leaves out what is no number; `equals: null` finds what is null or missing.
 * @throws GraphQLError (BAD_USER_INPUT)
 */
export function paramCondition(filter: ParamFilter, definition: ExperimentDefinition | null): Prisma.Sql {
  const value = paramSql(parseParamPath(filter.param, definition));
  const conditions: Prisma.Sql[] = [];
  if (filter.equals === null) conditions.push(Prisma.sql`coalesce(${value}, 'null'::jsonb) = 'null'::jsonb`);
  else if (filter.equals !== undefined) conditions.push(Prisma.sql`${value} = ${JSON.stringify(filter.equals)}::jsonb`);
  if (filter.in) {
    conditions.push(Prisma.sql`${value} = ANY(${filter.in.map((item) => JSON.stringify(item))}::jsonb[])`);
  }
  const asNumber = Prisma.sql`CASE WHEN jsonb_typeof(${value}) = 'number' THEN ${value}::float8 END`;
  conditions.push(...rangeConditions(asNumber, filter));
  if (conditions.length === 0) {
    throw badUserInput(`Say what "${filter.param}" should be: equals, in, gte, gt, lte or lt.`);
  }
  return Prisma.join(conditions, " AND ");
}

/**
 * A condition on one metric of the result under the alias `r`. A result that did not report it, or has null there, meets no
 * condition but `isNull: true` (which needs the metric reported).
 * @param unsealed which results may be asked for what they found, on the alias `r`; the others meet no condition.
 * @throws GraphQLError (BAD_USER_INPUT)
 */
export function metricCondition(
  filter: MetricFilter,
  definition: ExperimentDefinition | null,
  unsealed: Prisma.Sql,
): Prisma.Sql {
  checkMetricName(filter.metric, definition);
  const value = Prisma.sql`m.value`;
  const conditions = rangeConditions(value, filter);
  if (typeof filter.equals === "number") conditions.push(Prisma.sql`${value} = ${filter.equals}::float8`);
  if (filter.in) conditions.push(Prisma.sql`${value} = ANY(${[...filter.in]}::float8[])`);
  if (typeof filter.isNull === "boolean") {
    conditions.push(filter.isNull ? Prisma.sql`${value} IS NULL` : Prisma.sql`${value} IS NOT NULL`);
  }
  if (conditions.length === 0) {
    throw badUserInput(`Say what "${filter.metric}" should be: equals, in, gte, gt, lte, lt or isNull.`);
  }
  return Prisma.sql`${unsealed} AND EXISTS (SELECT 1 FROM measurements m
    WHERE m.result_id = r.id AND m.metric = ${filter.metric} AND ${Prisma.join(conditions, " AND ")})`;
}

function rangeConditions(value: Prisma.Sql, range: Range): Prisma.Sql[] {
  const bounds = [
    [range.gte, Prisma.sql`>=`],
    [range.gt, Prisma.sql`>`],
    [range.lte, Prisma.sql`<=`],
    [range.lt, Prisma.sql`<`],
  ] as const;
  return bounds.flatMap(([bound, operator]) =>
    typeof bound === "number" ? [Prisma.sql`${value} ${operator} ${bound}::float8`] : [],
  );
}
