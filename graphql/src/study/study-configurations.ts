import { findExperiment } from "@widefield/experiments/catalog";
import type { Theory } from "@widefield/experiments/contract/experiment";
import { Prisma, type Study } from "@widefield/prisma/client";
import type { Database } from "@widefield/prisma/open-database";
import DataLoader from "dataloader";
import type { GraphQLResolveInfo } from "graphql";
import { builder } from "../builder.ts";
import { TheoryRef, theoryOf } from "../experiment/theory.ts";
import { badUserInput } from "../failure/bad-user-input.ts";
import { boundedRead } from "../relay/bounded-read.ts";
import { sharedAt } from "../relay/shared-at.ts";
import { type ParamPath, paramSql, parseParamPath } from "../result/param-path.ts";
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
    resolve: (study, { groupBy }, { database }, info) => readTheory(database, study, groupBy ?? null, info),
  }),
);

/** Groups that theory is asked about, at most of each study. */
const maxGroups = 1000;

/** One batch for each way of grouping: without "groupBy" every experiment has its own. */
const theoriesAt = sharedAt<Map<string, DataLoader<Study, GroupTheory[], string>>>();

function readTheory(
  database: Database,
  study: Study,
  given: readonly string[] | null,
  info: GraphQLResolveInfo,
): Promise<GroupTheory[]> | GroupTheory[] {
  const definition = findExperiment(study.experimentId, study.experimentVersion) ?? null;
  if (!definition) return [];
  const groupBy = given ?? [definition.view.color];
  if (groupBy.length > 8) throw badUserInput("Group by 8 params at most.");
  const paths = groupBy.map((param) => parseParamPath(param, definition));
  const batches = theoriesAt(info, () => new Map());
  const batch =
    batches.get(groupBy.join()) ??
    new DataLoader((studies: readonly Study[]) => readTheories(database, studies, groupBy, paths), {
      cacheKeyFn: ({ id }) => id,
    });
  batches.set(groupBy.join(), batch);
  return batch.load(study);
}

/** In the order of the studies. */
async function readTheories(
  database: Database,
  studies: readonly Study[],
  groupBy: readonly string[],
  paths: readonly ParamPath[],
): Promise<GroupTheory[][]> {
  const keys = paths.map(paramSql);
  const statement = Prisma.sql`
    SELECT parent.id AS study, g.key, g.params FROM unnest(${studies.map(({ id }) => id)}::uuid[]) AS parent(id)
    CROSS JOIN LATERAL (
      SELECT key, params, position FROM (
        SELECT DISTINCT ON (key) jsonb_build_array(${keys.length ? Prisma.join(keys) : Prisma.empty}) AS key, t.params, t.position
        FROM trials t WHERE t.study_id = parent.id ORDER BY key, t.position
      ) first ORDER BY position LIMIT ${maxGroups}::int
    ) g ORDER BY parent.id, g.position`;
  const rows = await boundedRead<TheoryRow>(database, statement);
  return studies.map(({ id, experimentId, experimentVersion }) =>
    rows.flatMap(({ study, key, params }) => {
      const theory = study === id ? theoryOf(experimentId, experimentVersion, params) : null;
      if (!theory) return [];
      return [{ key: Object.fromEntries(groupBy.map((param, index) => [param, key[index] ?? null])), theory }];
    }),
  );
}

interface TheoryRow {
  readonly study: string;
  readonly key: readonly unknown[];
  readonly params: unknown;
}
