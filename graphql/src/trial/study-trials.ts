import { findExperiment } from "@widefield/experiments/catalog";
import { Prisma } from "@widefield/prisma/client";
import { builder } from "../builder.ts";
import { keysetConnection } from "../relay/keyset-connection.ts";
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
        const where = [
          Prisma.sql`t.study_id = ${study.id}::uuid`,
          ...(state ? [Prisma.sql`t.state::text = ANY(${state}::text[])`] : []),
          ...(params ?? []).map((param) => paramCondition(param, definition)),
          ...(seed ? [Prisma.sql`t.seed = ANY(${seed}::int[])`] : []),
          ...(digest ? [Prisma.sql`t.digest = ANY(${digest}::text[])`] : []),
        ];
        const keyset = {
          from: Prisma.sql`trials t`,
          where,
          id: Prisma.sql`t.id`,
          order: {
            name: "POSITION",
            expression: Prisma.sql`t.position`,
            type: "integer" as const,
            direction: "ASC" as const,
          },
        };
        return keysetConnection(context, info, keyset, args, (ids, query) =>
          context.database.prisma.trial.findMany({ ...query, where: { id: { in: ids } } }),
        );
      },
    },
    TrialConnection,
  ),
);
