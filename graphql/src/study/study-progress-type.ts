import { builder } from "../builder.ts";
import type { StudyProgress } from "./study-progress.ts";
import { StudyStateEnum } from "./study-state.ts";
import { StudyRef } from "./study-type.ts";

export const StudyProgressRef = builder.objectRef<StudyProgress>("StudyProgress").implement({
  description: "Identical for every reader at one moment; also what the progress stream sends.",
  fields: (t) => ({
    slug: t.exposeString("slug"),
    state: t.expose("state", { type: StudyStateEnum }),
    revision: t.exposeInt("revision"),
    trials: t.exposeInt("trials"),
    decided: t.exposeInt("decided"),
    valid: t.exposeInt("valid", { description: "Trials with an agreed answer; a divergence is one." }),
    diverged: t.exposeInt("diverged", { description: "Of the valid ones." }),
    nondeterministic: t.exposeInt("nondeterministic"),
    failed: t.exposeInt("failed"),
    adopted: t.exposeInt("adopted", { description: "Answered by another study that had asked the same." }),
    pendingResults: t.exposeInt("pendingResults", { description: "Replicas that wait for their quorum." }),
    activeLeases: t.exposeInt("activeLeases"),
    flops: t.exposeFloat("flops"),
    decidedFlops: t.exposeFloat("decidedFlops"),
    fraction: t.exposeFloat("fraction", { description: "0 to 1: decided trials of all." }),
  }),
});

builder.prismaObjectField(StudyRef, "progress", (t) =>
  t.field({
    type: StudyProgressRef,
    select: { id: true },
    resolve: ({ id }, _args, { loaders }) => loaders.studyProgress.load(id),
  }),
);
