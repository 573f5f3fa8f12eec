import type { Outcome } from "@widefield/graphql/documents";

/** How a run ended, in the API's own word: “finished” is what a study is once all its trials are decided. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  SUCCEEDED: "succeeded",
  DIVERGED: "diverged",
  FAILED: "failed",
};
