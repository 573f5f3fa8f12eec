import { CreateStudyDraftDocument, PublishStudyDraftDocument } from "@widefield/graphql/documents";
import { ask, failureOf } from "../server/ask.ts";
import type { StudyFile } from "./read-study-file.ts";

export interface StudyHandle {
  readonly id: string;
  readonly slug: string;
}

/** Makes a draft. @throws CommandFailure with what the API says. */
export async function createStudy(server: URL, token: string, study: StudyFile): Promise<StudyHandle> {
  const { createStudy: made } = await ask(server, CreateStudyDraftDocument, { input: study }, token);
  if (made.__typename !== "Study") throw failureOf(made);
  return { id: made.id, slug: made.slug };
}

/** Expands a draft into trials. @throws CommandFailure with what the API says. */
export async function publishStudy(server: URL, token: string, studyId: string): Promise<void> {
  const { publishStudy: published } = await ask(server, PublishStudyDraftDocument, { studyId }, token);
  if (published.__typename !== "Study") throw failureOf(published);
}
