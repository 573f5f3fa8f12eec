import type { TrialState } from "@widefield/graphql/documents";
import { Badge, type Tone } from "../ui/badge.tsx";

const looks: Readonly<Record<TrialState, { word: string; tone: Tone }>> = {
  PENDING: { word: "Undecided", tone: "plain" },
  VALID: { word: "Agreed", tone: "good" },
  NONDETERMINISTIC: { word: "Replicas never agreed", tone: "bad" },
  FAILED: { word: "Could not be computed", tone: "bad" },
};

/** Whether a trial has its answer. */
export function TrialStateBadge({ state }: { state: TrialState }) {
  const { word, tone } = looks[state];
  return <Badge tone={tone}>{word}</Badge>;
}
