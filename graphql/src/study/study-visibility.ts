import { Prisma, type Volunteer } from "@widefield/prisma/client";

/** A draft is its author's, and the operator's. */
export function visibleStudies(viewer: Volunteer | null): Prisma.StudyWhereInput {
  if (viewer?.trusted) return {};
  if (viewer) return { OR: [{ state: { not: "DRAFT" } }, { createdById: viewer.id }] };
  return { state: { not: "DRAFT" } };
}

/** The same as a condition on the table `studies` under the alias `s`. */
export function visibleStudiesSql(viewer: Volunteer | null): Prisma.Sql {
  if (viewer?.trusted) return Prisma.sql`true`;
  if (viewer) return Prisma.sql`s.state <> 'DRAFT' OR s.created_by_id = ${viewer.id}::uuid`;
  return Prisma.sql`s.state <> 'DRAFT'`;
}
