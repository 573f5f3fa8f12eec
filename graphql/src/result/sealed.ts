import { Prisma, type Result, type Volunteer } from "@widefield/prisma/client";

/**
 * Is what this replica found kept from the viewer? Until its trial is decided nobody sees it but who reported it: else the next host copies it,
 * and a quorum proves nothing. That it is there, from whom and when, everybody may know.
 */
export function isSealed(
  { verdict, volunteerId }: Pick<Result, "verdict" | "volunteerId">,
  viewer: Volunteer | null,
): boolean {
  return verdict === "PENDING" && volunteerId !== viewer?.id;
}

/** The opposite as a condition on the table `results` under the alias `r`. */
export function unsealedSql(viewer: Volunteer | null): Prisma.Sql {
  if (viewer) return Prisma.sql`(r.verdict <> 'PENDING' OR r.volunteer_id = ${viewer.id}::uuid)`;
  return Prisma.sql`r.verdict <> 'PENDING'`;
}
