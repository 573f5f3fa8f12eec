import type { Study } from "@widefield/prisma/client";
import { newId } from "@widefield/prisma/new-id";
import type { Database } from "@widefield/prisma/open-database";
import { type NotAllowed, type NotFound, StudyNotActive } from "../failure/failure.ts";
import type { Caller } from "../host/caller.ts";
import { findManaged } from "./managed-study.ts";

type Managed = Study | NotFound | NotAllowed | StudyNotActive;

/** No new leases from now on; results under way are still taken. Pausing a paused study changes nothing. */
export function pauseStudy(database: Database, caller: Caller, studyId: string): Promise<Managed> {
  return turn(database, caller, studyId, { from: "ACTIVE", to: "PAUSED", decision: "PAUSED" });
}

/** Leases are granted again. Resuming an active study changes nothing. */
export function resumeStudy(database: Database, caller: Caller, studyId: string): Promise<Managed> {
  return turn(database, caller, studyId, { from: "PAUSED", to: "ACTIVE", decision: "RESUMED" });
}

interface Turn {
  readonly from: "ACTIVE" | "PAUSED";
  readonly to: "ACTIVE" | "PAUSED";
  readonly decision: "PAUSED" | "RESUMED";
}

async function turn(
  database: Database,
  caller: Caller,
  studyId: string,
  { from, to, decision }: Turn,
): Promise<Managed> {
  const study = await findManaged(database, caller, studyId);
  if (study instanceof Error) return study;
  await database.pool.query(turnStatement, [studyId, from, to, newId(), decision]);
  const after = await database.prisma.study.findUniqueOrThrow({ where: { id: studyId } });
  if (after.state === to) return after;
  const why = after.state === "DRAFT" ? "is a draft: publish it first" : "is finished: every trial has its answer";
  return new StudyNotActive(after.state, `This study ${why}.`);
}

const turnStatement = `
WITH turned AS (
  UPDATE studies SET state = $3::text::"StudyState", revision = revision + 1
  WHERE id = $1::uuid AND state = $2::text::"StudyState" RETURNING id, revision
)
INSERT INTO decisions (id, study_id, revision, kind) SELECT $4::uuid, id, revision, $5::text::"DecisionKind" FROM turned`;
