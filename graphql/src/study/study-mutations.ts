import type { Study } from "@widefield/prisma/client";
import { builder } from "../builder.ts";
import { Failure, InvalidInput, NotAllowed, NotAuthenticated, NotFound, StudyNotActive } from "../failure/failure.ts";
import { callerOf, nobodysId } from "../host/calling.ts";
import { uuidOf } from "../identity/global-id.ts";
import { createStudy } from "./create-study.ts";
import { pauseStudy, resumeStudy } from "./pause-study.ts";
import { extendStudy, publishStudy } from "./publish-study.ts";
import { StudyRef } from "./study-type.ts";

const StudyInput = builder.inputType("StudyInput", {
  fields: (t) => ({
    slug: t.string({ description: "Lower-case words joined by hyphens; made from the title when left out." }),
    title: t.string({ required: true }),
    question: t.string({ required: true }),
    description: t.string(),
    experiment: t.string({
      required: true,
      description: "`feature-learning.mlp` (newest version) or `feature-learning.mlp@1`.",
    }),
    sweep: t.field({
      type: "JSON",
      required: true,
      description: "See studyFileSchema: { fixed, axes, random, seeds }.",
    }),
    quorum: t.int({ description: "Replicas that must agree; 1 to 5, default 2." }),
    license: t.string(),
  }),
});

const resolveType = () => "Study";
const CreateStudyResult = builder.errorUnion("CreateStudyResult", {
  types: [StudyRef, InvalidInput, NotFound, NotAuthenticated],
  resolveType,
});
const PublishStudyResult = builder.errorUnion("PublishStudyResult", {
  types: [StudyRef, InvalidInput, NotFound, NotAllowed, NotAuthenticated],
  resolveType,
});
const ExtendStudyResult = builder.errorUnion("ExtendStudyResult", {
  types: [StudyRef, InvalidInput, NotFound, NotAllowed, NotAuthenticated, StudyNotActive],
  resolveType,
});
const ManageStudyResult = builder.errorUnion("ManageStudyResult", {
  types: [StudyRef, NotFound, NotAllowed, NotAuthenticated, StudyNotActive],
  resolveType,
});

builder.mutationField("createStudy", (t) =>
  t.field({
    type: CreateStudyResult,
    description: "Makes a draft: validated, quoted, seen by its author alone.",
    args: { input: t.arg({ type: StudyInput, required: true }) },
    resolve: async (_root, { input }, context) =>
      answer(await createStudy(context.database, callerOf(context), { ...input })),
  }),
);

builder.mutationField("publishStudy", (t) =>
  t.field({
    type: PublishStudyResult,
    description:
      "Expands the sweep into trials and units, adopting what is known already. Repeating it changes nothing.",
    args: { studyId: t.arg.id({ required: true }) },
    resolve: async (_root, { studyId }, context) =>
      answer(await publishStudy(context.database, callerOf(context), studyUuid(studyId))),
  }),
);

builder.mutationField("extendStudy", (t) =>
  t.field({
    type: ExtendStudyResult,
    description: "Adds a sweep to a published study; cells that it has already are left alone.",
    args: { studyId: t.arg.id({ required: true }), sweep: t.arg({ type: "JSON", required: true }) },
    resolve: async (_root, { studyId, sweep }, context) =>
      answer(await extendStudy(context.database, callerOf(context), studyUuid(studyId), sweep)),
  }),
);

builder.mutationField("pauseStudy", (t) =>
  t.field({
    type: ManageStudyResult,
    description: "No new leases; results under way are still taken.",
    args: { studyId: t.arg.id({ required: true }) },
    resolve: async (_root, { studyId }, context) =>
      answer(await pauseStudy(context.database, callerOf(context), studyUuid(studyId))),
  }),
);

builder.mutationField("resumeStudy", (t) =>
  t.field({
    type: ManageStudyResult,
    args: { studyId: t.arg.id({ required: true }) },
    resolve: async (_root, { studyId }, context) =>
      answer(await resumeStudy(context.database, callerOf(context), studyUuid(studyId))),
  }),
);

function studyUuid(globalId: string): string {
  return uuidOf("Study", globalId) ?? nobodysId;
}

function answer<F extends Failure>(outcome: Study | F) {
  return outcome instanceof Failure ? outcome : StudyRef.addBrand(outcome);
}
