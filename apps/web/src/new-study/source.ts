import type { NewStudySourceQuery } from "@widefield/graphql/documents";
import type { Source } from "./use-draft.ts";

export type SourceStudy = NonNullable<NewStudySourceQuery["study"]>;

/** A study as the file that would make it anew. Its address stays its own; of several sweeps the first is taken. */
export function sourceOf(study: SourceStudy): Source {
  const { slug, title, question, description, experimentName, experimentVersion, sweeps, quorum, license } = study;
  const experiment = `${experimentName}@${experimentVersion}`;
  return { slug, content: { title, question, description, experiment, sweep: sweeps[0], quorum, license } };
}
