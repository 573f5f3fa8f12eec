import { findExperiment } from "@widefield/experiments/catalog";
import type { Study } from "@widefield/prisma/client";
import type { Database } from "@widefield/prisma/open-database";
import { InvalidInput, type NotAllowed, NotFound, StudyNotActive } from "../failure/failure.ts";
import type { Caller } from "../host/caller.ts";
import { expandSweepInPieces } from "../sweep/expand-sweep.ts";
import { growStudy } from "./grow-study.ts";
import { findManaged } from "./managed-study.ts";
import { maxTrialsPerStudy } from "./study-policy.ts";

/** Expands a draft into trials and units. Repeating it changes nothing. */
export async function publishStudy(
  database: Database,
  caller: Caller,
  studyId: string,
): Promise<Study | InvalidInput | NotFound | NotAllowed> {
  const study = await findManaged(database, caller, studyId);
  if (study instanceof Error || study.state !== "DRAFT") return study;
  const [draft] = Array.isArray(study.sweeps) ? study.sweeps : [];
  return grow(database, study, draft, "PUBLISHED");
}

/** Adds a sweep to a published study. Cells that it has are left alone; if nothing is new, nothing changes. */
export async function extendStudy(
  database: Database,
  caller: Caller,
  studyId: string,
  sweep: unknown,
): Promise<Study | InvalidInput | NotFound | NotAllowed | StudyNotActive> {
  const study = await findManaged(database, caller, studyId);
  if (study instanceof Error) return study;
  if (study.state === "DRAFT") {
    return new StudyNotActive("DRAFT", "This study is a draft: publish it first; then it can be extended.");
  }
  return grow(database, study, sweep, "EXTENDED");
}

async function grow(
  database: Database,
  study: Study,
  sweep: unknown,
  kind: "PUBLISHED" | "EXTENDED",
): Promise<Study | InvalidInput | NotFound> {
  const definition = findExperiment(study.experimentId, study.experimentVersion);
  if (!definition) {
    return new NotFound(
      `This server no longer has ${study.experimentId}@${study.experimentVersion}. Make a study of a version that it has.`,
    );
  }
  const read = await expandSweepInPieces(definition, sweep);
  if (!read.ok) return new InvalidInput(read.issues);
  const growth = await growStudy(database, study.id, definition, read.sweep, read.trials, kind);
  if (growth === "too-large") {
    const most = maxTrialsPerStudy.toLocaleString("en");
    return InvalidInput.at("sweep", `A study has at most ${most} trials, its extensions included. Make another study.`);
  }
  return database.prisma.study.findUniqueOrThrow({ where: { id: study.id } });
}
