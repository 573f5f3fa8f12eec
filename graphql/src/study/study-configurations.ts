import { findExperiment } from "@widefield/experiments/catalog";
import type { Theory } from "@widefield/experiments/contract/experiment";
import { Prisma, type Study } from "@widefield/prisma/client";
import { builder } from "../builder.ts";
import type { ApiContext } from "../context.ts";
import { TheoryRef, theoryOf } from "../experiment/theory.ts";
import { badUserInput } from "../failure/bad-user-input.ts";
import { paramSql, parseParamPath } from "../result/param-path.ts";
import type { StudyAxis } from "./study-axes.ts";
import { StudyRef } from "./study-type.ts";

interface GroupTheory {
  readonly key: Readonly<Record<string, unknown>>;
  readonly theory: Theory;
}

const StudyAxisRef = builder.objectRef<StudyAxis>("StudyAxis").implement({
  fields: (t) => ({
    param: t.exposeString("param"),
    values: t.field({ type: ["JSON"], resolve: ({ values }) => [...values] }),
  }),
});

const GroupTheoryRef = builder.objectRef<GroupTheory>("GroupTheory").implement({
  fields: (t) => ({ key: t.expose("key", { type: "JSON" }), theory: t.expose("theory", { type: TheoryRef }) }),
});

builder.prismaObjectField(StudyRef, "axes", (t) =>
  t.field({
    type: [StudyAxisRef],
    description:
      "The params that vary over the sweep (and `seed`), with the values that occur, in order of position; 1000 values at most of each.",
    resolve: async (study, _args, { loaders }) => [...(await loaders.studyAxes.load(study))],
  }),
);

builder.prismaObjectField(StudyRef, "theory", (t) =>
  t.field({
    type: [GroupTheoryRef],
    description:
      "What theory says of each distinct configuration, grouped by these params (default: the view's color); of each group its first trial speaks.",
    args: { groupBy: t.arg.stringList() },
    resolve: (study, { groupBy }, context) => readTheory(context, study, groupBy ?? null),
  }),
);

/** Groups that theory is asked about, at most. */
const maxGroups = 1000;

async function readTheory({ database }: ApiContext, study: Study, given: string[] | null): Promise<GroupTheory[]> {
  const definition = findExperiment(study.experimentId, study.experimentVersion) ?? null;
  if (!definition) return [];
  const groupBy = given ?? [definition.view.color];
  if (groupBy.length > 8) throw badUserInput("Group by 8 params at most.");
  const keys = groupBy.map((param) => paramSql(parseParamPath(param, definition)));
  const statement = Prisma.sql`
    SELECT key, params FROM (
      SELECT DISTINCT ON (key) jsonb_build_array(${keys.length ? Prisma.join(keys) : Prisma.empty}) AS key, t.params, t.position
      FROM trials t WHERE t.study_id = ${study.id}::uuid ORDER BY key, t.position
    ) g ORDER BY position LIMIT ${maxGroups}::int`;
  const { rows } = await database.pool.query<{ key: unknown[]; params: unknown }>(statement.text, statement.values);
  return rows.flatMap(({ key, params }) => {
    const theory = theoryOf(study.experimentId, study.experimentVersion, params);
    if (!theory) return [];
    return [{ key: Object.fromEntries(groupBy.map((param, index) => [param, key[index] ?? null])), theory }];
  });
}
