import { findExperiment } from "@widefield/experiments/catalog";
import { Prisma } from "@widefield/prisma/client";
import { builder } from "../builder.ts";
import { nestedConnection } from "../relay/keyset-connection.ts";
import { paramCondition } from "../result/filter-conditions.ts";
import { ParamFilterInput } from "../result/result-filter-input.ts";
import { StudyRef } from "../study/study-type.ts";
import { TrialStateEnum } from "./trial-state.ts";
import { TrialConnection, TrialRef } from "./trial-type.ts";

const TrialFilterInput = builder.inputType("TrialFilter", {
  fields: (t) => ({
    state: t.field({ type: [TrialStateEnum] }),
    params: t.field({ type: [ParamFilterInput] }),
    seed: t.intList(),
    digest: t.stringList({ description: "Content addresses, lower-case hex." }),
  }),
});

builder.prismaObjectField(StudyRef, "trials", (t) =>
  t.connection(
    {
      type: TrialRef,
      description: "In the order of the study's expansion.",
      args: { where: t.arg({ type: TrialFilterInput }) },
      resolve: (study, args, context, info) => {
        const { state, params, seed, digest } = args.where ?? {};
        const definition = findExperiment(study.experimentId, study.experimentVersion) ?? null;
        const conditions = [
          ...(state ? [Prisma.sql`t.state::text = ANY(${state}::text[])`] : []),
          ...(params ?? []).map((param) => paramCondition(param, definition)),
          ...(seed ? [Prisma.sql`t.seed = ANY(${seed}::int[])`] : []),
          ...(digest ? [Prisma.sql`t.digest = ANY(${digest}::text[])`] : []),
        ];
        const keysetOf = (studyId: Prisma.Sql) => ({
          from: Prisma.sql`trials t`,
          where: [Prisma.sql`t.study_id = ${studyId}`, ...conditions],
          id: Prisma.sql`t.id`,
          order: {
            name: "POSITION",
            expression: Prisma.sql`t.position`,
            type: "integer" as const,
            direction: "ASC" as const,
          },
        });
        return nestedConnection(context, info, study.id, keysetOf, args, (ids, query) =>
          context.database.prisma.trial.findMany({ ...query, where: { id: { in: ids } } }),
        );
      },
    },
    TrialConnection,
  ),
);
