import { experiments, findExperiment } from "@widefield/experiments/catalog";
import { builder } from "../builder.ts";
import { StudyRef } from "../study/study-type.ts";
import { ExperimentRef } from "./experiment-type.ts";

builder.queryField("experiments", (t) => t.field({ type: [ExperimentRef], resolve: () => [...experiments] }));

builder.queryField("experiment", (t) =>
  t.field({
    type: ExperimentRef,
    nullable: true,
    description: "By id with or without version: `feature-learning.mlp` or `feature-learning.mlp@1`.",
    args: { id: t.arg.string({ required: true }) },
    resolve: (_root, { id }) => findExperiment(id) ?? null,
  }),
);

builder.prismaObjectField(StudyRef, "experiment", (t) =>
  t.field({
    type: ExperimentRef,
    nullable: true,
    description: "Null only if this server no longer knows the version.",
    resolve: ({ experimentId, experimentVersion }) => findExperiment(experimentId, experimentVersion) ?? null,
  }),
);
