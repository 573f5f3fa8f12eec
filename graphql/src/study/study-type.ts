import { builder } from "../builder.ts";
import { StudyStateEnum } from "./study-state.ts";
import { visibleStudies } from "./study-visibility.ts";

/** A frozen question. Drafts are seen by their author alone. */
export const StudyRef = builder.prismaNode("Study", {
  id: { field: "id" },
  nullable: true,
  findUnique: (id, context) => ({ id, AND: [visibleStudies(context.viewer)] }),
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

export const StudyConnection = builder.connectionObject(
  { type: StudyRef, name: "StudyConnection" },
  { name: "StudyEdge" },
);
