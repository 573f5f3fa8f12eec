import type { Study } from "@widefield/prisma/client";
import { builder } from "../builder.ts";
import { StudyStateEnum } from "./study-state.ts";
import { visibleStudies } from "./study-visibility.ts";

/** A frozen question. Drafts are seen by their author alone. */
export const StudyRef = builder.prismaObject("Study", {
  fields: (t) => ({
    slug: t.exposeString("slug"),
    title: t.exposeString("title"),
    question: t.exposeString("question"),
    description: t.exposeString("description"),
    family: t.exposeString("family"),
    experimentName: t.exposeString("experimentId"),
    experimentVersion: t.exposeInt("experimentVersion"),
    sweeps: t.field({
      type: ["JSON"],
      description: "The sweeps in order: as published, then every extension.",
      select: { sweeps: true },
      resolve: (study) => (Array.isArray(study.sweeps) ? study.sweeps : [study.sweeps]),
    }),
    digest: t.exposeString("digest"),
    quorum: t.exposeInt("quorum"),
    maxResults: t.exposeInt("maxResults"),
    license: t.exposeString("license"),
    state: t.expose("state", { type: StudyStateEnum }),
    revision: t.exposeInt("revision"),
    createdAt: t.expose("createdAt", { type: "DateTime" }),
    publishedAt: t.expose("publishedAt", { type: "DateTime", nullable: true }),
    createdBy: t.relation("createdBy", { nullable: true }),
    viewerCanManage: t.boolean({
      description: "Whether the caller may publish, extend, pause and resume it.",
      select: { createdById: true },
      resolve: (study, _args, { viewer }) => viewer !== null && (viewer.trusted || study.createdById === viewer.id),
    }),
  }),
});

builder.nodeRef<Study, string, typeof StudyRef>(StudyRef, {
  id: { resolve: (study) => study.id },
  // Not Pothos's `findUnique`, whose condition beside the id would cost a statement for each.
  loadManyWithoutCache: async (ids, { database, viewer }) => {
    const studies = await database.prisma.study.findMany({ where: { id: { in: ids }, AND: [visibleStudies(viewer)] } });
    const byId = new Map(studies.map((study) => [study.id, study]));
    return ids.map((id) => byId.get(id) ?? null);
  },
});

export const StudyConnection = builder.connectionObject(
  { type: StudyRef, name: "StudyConnection" },
  { name: "StudyEdge" },
);
