import type { ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import { type Answer, agrees } from "./agreement.ts";

/** One host's answer to one trial. */
export interface Replica extends Answer {
  /** Sorts by age (UUID version 7). */
  readonly id: string;
  /** The operator's own: its answer decides alone, its failure does not. */
  readonly trusted: boolean;
}

export interface Policy {
  /** Replicas that must agree. */
  readonly quorum: number;
  /** Answers, failures not counted, after which a trial without a quorum ends. */
  readonly maxResults: number;
  /** Failures after which a trial ends. */
  readonly maxFailures: number;
}

export type ReplicaVerdict = "VALID" | "INVALID" | "INCONCLUSIVE";
/** By replica id. */
export type Verdicts = Readonly<Record<string, ReplicaVerdict>>;

export type TrialDecision =
  | { readonly state: "PENDING"; readonly wanted: number }
  | { readonly state: "VALID"; readonly canonicalId: string; readonly verdicts: Verdicts }
  | { readonly state: "NONDETERMINISTIC" | "FAILED"; readonly verdicts: Verdicts };

/**
 * What the replicas of one trial amount to. Pure, and the same in whatever order they are given.
 * - A trusted answer decides alone. A trusted failure is no answer: it says that the trial did not run there, not that it cannot run,
 *   so it counts like anybody's and the trial is tried elsewhere.
 * - Else a quorum of replicas that agree with one among them makes that one canonical; of several the best supported, then the oldest.
 *   Replicas that differ only in SUCCEEDED against DIVERGED thereby get one more, and the majority stands.
 * - Else `maxFailures` failures end it as FAILED and `maxResults` answers as NONDETERMINISTIC; short of that it waits for `wanted` more.
 */
export function decide(definition: ExperimentDefinition, replicas: readonly Replica[], policy: Policy): TrialDecision {
  const oldestFirst = [...replicas].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const votes = oldestFirst.filter((replica) => replica.outcome !== "FAILED");
  const failures = oldestFirst.length - votes.length;

  const trusted = votes.find((replica) => replica.trusted);
  const best = trusted ? { replica: trusted, support: policy.quorum } : bestSupported(definition, votes);
  if (best && best.support >= policy.quorum) {
    const { replica: canonical } = best;
    const verdicts = verdictsOf(oldestFirst, (replica) => judge(definition, canonical, replica));
    return { state: "VALID", canonicalId: canonical.id, verdicts };
  }
  const inconclusive = () => verdictsOf(oldestFirst, () => "INCONCLUSIVE");
  if (failures >= policy.maxFailures) return { state: "FAILED", verdicts: inconclusive() };
  if (votes.length >= policy.maxResults) return { state: "NONDETERMINISTIC", verdicts: inconclusive() };
  const missing = policy.quorum - (best?.support ?? 0);
  return { state: "PENDING", wanted: Math.max(1, Math.min(missing, policy.maxResults - votes.length)) };
}

/** A replica held against the agreed answer. */
export function judge(definition: ExperimentDefinition, canonical: Answer, replica: Answer): ReplicaVerdict {
  if (replica.outcome === "FAILED") return "INCONCLUSIVE";
  return canonical === replica || agrees(definition, canonical, replica) ? "VALID" : "INVALID";
}

/** Agreement within a tolerance is not transitive, so support is counted around each replica. */
function bestSupported(
  definition: ExperimentDefinition,
  votes: readonly Replica[],
): { replica: Replica; support: number } | null {
  let best: { replica: Replica; support: number } | null = null;
  for (const replica of votes) {
    const support = votes.filter((other) => other === replica || agrees(definition, replica, other)).length;
    if (best === null || support > best.support) best = { replica, support };
  }
  return best;
}

function verdictsOf(replicas: readonly Replica[], verdict: (replica: Replica) => ReplicaVerdict): Verdicts {
  return Object.fromEntries(replicas.map((replica) => [replica.id, verdict(replica)]));
}
