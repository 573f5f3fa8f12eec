import type { Study } from "@widefield/prisma/client";
import type { Database } from "@widefield/prisma/open-database";
import { NotAllowed, NotFound } from "../failure/failure.ts";
import type { Caller } from "../host/caller.ts";

/** May this account publish, extend, pause and resume the study? Its author may, and the operator. */
export function canManage(caller: Caller, study: Pick<Study, "createdById">): boolean {
  return caller.trusted || study.createdById === caller.volunteerId;
}

/** A study that the caller may manage; a draft of somebody else's does not exist for the caller. */
export async function findManaged(
  database: Database,
  caller: Caller,
  studyId: string,
): Promise<Study | NotFound | NotAllowed> {
  const study = await database.prisma.study.findUnique({ where: { id: studyId } });
  if (study && canManage(caller, study)) return study;
  if (!study || study.state === "DRAFT") return new NotFound("There is no study with this id.");
  return new NotAllowed("Only its author may change this study.");
}
