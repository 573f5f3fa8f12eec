import type { Outcome, Verdict } from "@widefield/graphql/documents";
import { Badge, type Tone } from "../ui/badge.tsx";
import { OUTCOME_WORDS } from "./outcome-words.ts";

const outcomeTones: Readonly<Record<Outcome, Tone>> = { SUCCEEDED: "plain", DIVERGED: "warn", FAILED: "bad" };

const verdicts: Readonly<Record<Verdict, { word: string; tone: Tone }>> = {
  PENDING: { word: "waits for agreement", tone: "plain" },
  VALID: { word: "agreed", tone: "good" },
  INVALID: { word: "outvoted", tone: "bad" },
  INCONCLUSIVE: { word: "inconclusive", tone: "warn" },
  LATE: { word: "came late", tone: "warn" },
};

/** How a run ended. */
export function OutcomeBadge({ outcome, step = null }: { outcome: Outcome; step?: number | null }) {
  return (
    <Badge tone={outcomeTones[outcome]}>
      {OUTCOME_WORDS[outcome]}
      {outcome === "DIVERGED" && step !== null ? ` at step ${step}` : ""}
    </Badge>
  );
}

/** What the comparison of replicas says of one. */
export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const { word, tone } = verdicts[verdict];
  return <Badge tone={tone}>{word}</Badge>;
}
