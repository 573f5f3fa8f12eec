import {
  CreateStudyDraftDocument,
  ExtendPublishedStudyDocument,
  PublishStudyDraftDocument,
} from "@widefield/graphql/documents";
import { request } from "../api/request.ts";
import { asAccount } from "../api/sign-in.ts";
import { type FormIssue, formIssues } from "./form-issue.ts";
import type { StudyContent, SweepContent } from "./study-of-draft.ts";

export type Published =
  | { readonly ok: true; readonly slug: string }
  /** What the form must change. */
  | { readonly ok: false; readonly issues: readonly FormIssue[] };

/** A draft that the server has already, so that trying again does not make a second one. */
export interface MadeDraft {
  readonly id: string;
  readonly content: string;
}

/**
 * Signs in where nobody is yet, makes the draft unless `made` is the same one, and publishes it.
 * @param keep called with the draft once the server has it.
 * @throws ApiError when no answer came; trying again is safe.
 */
export async function publishStudy(
  study: StudyContent,
  made: MadeDraft | null,
  keep: (draft: MadeDraft) => void,
  hasField: (field: string) => boolean,
): Promise<Published> {
  const content = JSON.stringify(study);
  let draft = made?.content === content ? made : null;
  if (draft === null) {
    const created = await asAccount(
      async () => (await request(CreateStudyDraftDocument, { input: study })).createStudy,
    );
    if (created.__typename !== "Study") return refused(created, hasField);
    draft = { id: created.id, content };
    keep(draft);
  }
  const { publishStudy: published } = await request(PublishStudyDraftDocument, { studyId: draft.id });
  return published.__typename === "Study" ? { ok: true, slug: published.slug } : refused(published, hasField);
}

/** Adds a sweep to a published study of one's own. */
export async function extendStudy(
  studyId: string,
  sweep: SweepContent,
  hasField: (field: string) => boolean,
): Promise<Published> {
  const { extendStudy: extended } = await request(ExtendPublishedStudyDocument, { studyId, sweep });
  return extended.__typename === "Study" ? { ok: true, slug: extended.slug } : refused(extended, hasField);
}

interface Refusal {
  readonly message: string;
  readonly issues?: readonly { readonly path: string; readonly message: string }[];
}

function refused({ message, issues = [] }: Refusal, hasField: (field: string) => boolean): Published {
  return { ok: false, issues: formIssues({ message, issues }, hasField) };
}
