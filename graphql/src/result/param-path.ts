import type { ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import { Prisma } from "@widefield/prisma/client";
import { badUserInput } from "../failure/bad-user-input.ts";

/** A dotted path into params, `learningRate` or `a.0`; parts are never more than data in SQL. */
export type ParamPath = readonly string[];

/**
 * Reads a dotted path. `seed` is no param, but may be named like one.
 * @param definition where it is known what params there are, a name that is none of them is refused.
 * @throws GraphQLError (BAD_USER_INPUT)
 */
export function parseParamPath(dotted: string, definition: ExperimentDefinition | null): ParamPath {
  const path = dotted.split(".");
  if (path.length > 8 || path.some((part) => part === "" || part.length > 100)) {
    throw badUserInput(
      `"${dotted.slice(0, 100)}" is not a path into params: names joined by dots, like "learningRate".`,
    );
  }
  const [first = ""] = path;
  if (definition && first !== "seed" && !Object.hasOwn(definition.params.shape, first)) {
    const known = Object.keys(definition.params.shape).join(", ");
    throw badUserInput(`${definition.id}@${definition.version} has no param "${first}". It has: ${known}, and seed.`);
  }
  return path;
}

/** The value at a path as jsonb, of the trial under the alias `t`; SQL null where there is none. */
export function paramSql(path: ParamPath): Prisma.Sql {
  const [first] = path;
  if (path.length === 1 && first === "seed") return Prisma.sql`coalesce(t.params -> 'seed', to_jsonb(t.seed))`;
  return Prisma.sql`(t.params #> ${[...path]}::text[])`;
}
