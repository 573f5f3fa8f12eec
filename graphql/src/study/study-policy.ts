import { digestOf } from "@widefield/experiments/contract/identity";
import type { Policy } from "../decision/decide.ts";
import type { Sweep } from "../sweep/sweep.ts";

/** Most trials of one study, all its extensions together. */
export const maxTrialsPerStudy = 1_000_000;

/** How patient a study is with replicas that do not agree: room for a lone liar beside each honest answer, and one more. */
export function policyOf(quorum: number): Policy {
  return { quorum, maxResults: 2 * quorum + 1, maxFailures: 3 };
}

/** What a study asks, and how it wants it answered, as one address: equal for equal questions. The order of axes is no part of it. */
export function studyDigest(
  experiment: { id: string; version: number },
  sweeps: readonly Sweep[],
  policy: Policy,
): string {
  const { quorum, maxResults, maxFailures } = policy;
  return digestOf({
    experiment: `${experiment.id}@${experiment.version}`,
    sweeps,
    policy: { quorum, maxResults, maxFailures },
  });
}
