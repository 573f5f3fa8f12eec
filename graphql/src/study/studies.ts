import { Prisma } from "@widefield/prisma/client";
import { builder } from "../builder.ts";
import type { KeysetOrder } from "../relay/keyset.ts";
import { keysetConnection } from "../relay/keyset-connection.ts";
import { OrderDirectionEnum } from "../relay/order-direction.ts";
import { StudyStateEnum } from "./study-state.ts";
import { StudyConnection, StudyRef } from "./study-type.ts";
import { visibleStudies, visibleStudiesSql } from "./study-visibility.ts";

const StudyFilterInput = builder.inputType("StudyFilter", {
  fields: (t) => ({
    state: t.field({ type: [StudyStateEnum] }),
    family: t.stringList(),
    experiment: t.stringList({ description: "Names, with or without version: `feature-learning.mlp@1`." }),
    search: t.string({ description: "Words in title, question or slug." }),
    mine: t.boolean(),
  }),
});

const StudyOrderFieldEnum = builder.enumType("StudyOrderField", {
  values: ["PUBLISHED_AT", "TITLE", "TRIALS", "PROGRESS"] as const,
});

const StudyOrderInput = builder.inputType("StudyOrder", {
  fields: (t) => ({
    field: t.field({ type: StudyOrderFieldEnum, required: true }),
    direction: t.field({ type: OrderDirectionEnum, required: true, defaultValue: "DESC" }),
  }),
});

const orders = {
  // A draft has not been published; it stands where it was made.
  PUBLISHED_AT: { expression: Prisma.sql`coalesce(s.published_at, s.created_at)`, type: "time" },
  TITLE: { expression: Prisma.sql`lower(s.title)`, type: "text" },
  TRIALS: { expression: Prisma.sql`s.trial_count`, type: "integer" },
  PROGRESS: {
    expression: Prisma.sql`(CASE WHEN s.trial_count = 0 THEN 0 ELSE s.decided_count::float8 / s.trial_count END)`,
    type: "float",
  },
} as const;

builder.queryField("studies", (t) =>
  t.connection(
    {
      type: StudyRef,
      args: { where: t.arg({ type: StudyFilterInput }), orderBy: t.arg({ type: StudyOrderInput }) },
      resolve: async (_root, args, context, info) => {
        const { field, direction } = args.orderBy ?? { field: "PUBLISHED_AT" as const, direction: "DESC" as const };
        const order: KeysetOrder = { name: field, ...orders[field], direction };
        const where = [visibleStudiesSql(context.viewer), ...conditions(args.where ?? {}, context.viewer?.id ?? null)];
        const keyset = { from: Prisma.sql`studies s`, where, id: Prisma.sql`s.id`, order };
        return keysetConnection(context, info, keyset, args, (ids, query) =>
          context.database.prisma.study.findMany({ ...query, where: { id: { in: ids } } }),
        );
      },
    },
    StudyConnection,
  ),
);

builder.queryField("study", (t) =>
  t.prismaField({
    type: StudyRef,
    nullable: true,
    args: { slug: t.arg.string({ required: true }) },
    resolve: (query, _root, { slug }, { database, viewer }) =>
      database.prisma.study.findFirst({ ...query, where: { slug, AND: [visibleStudies(viewer)] } }),
  }),
);

function conditions(filter: typeof StudyFilterInput.$inferInput, viewerId: string | null): Prisma.Sql[] {
  const { state, family, experiment, search, mine } = filter;
  const words = (search ?? "")
    .split(/\s+/)
    .filter((word) => word !== "")
    .slice(0, 10);
  return [
    ...(state ? [Prisma.sql`s.state::text = ANY(${state}::text[])`] : []),
    ...(family ? [Prisma.sql`s.family = ANY(${family}::text[])`] : []),
    ...(experiment
      ? [
          Prisma.sql`s.experiment_id = ANY(${experiment}::text[])
            OR s.experiment_id || '@' || s.experiment_version = ANY(${experiment}::text[])`,
        ]
      : []),
    ...words.map((word) => {
      const pattern = `%${word.replace(/[\\%_]/g, "\\$&")}%`;
      return Prisma.sql`s.title ILIKE ${pattern} OR s.question ILIKE ${pattern} OR s.slug ILIKE ${pattern}`;
    }),
    ...(mine === true ? [viewerId ? Prisma.sql`s.created_by_id = ${viewerId}::uuid` : Prisma.sql`false`] : []),
    ...(mine === false && viewerId ? [Prisma.sql`s.created_by_id IS DISTINCT FROM ${viewerId}::uuid`] : []),
  ];
}
