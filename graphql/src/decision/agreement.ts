import { disagreements } from "@widefield/experiments/contract/agreement";
import type { ExperimentDefinition } from "@widefield/experiments/contract/experiment";

/** What a replica says, as far as it is compared. */
export interface Answer {
  readonly outcome: "SUCCEEDED" | "DIVERGED" | "FAILED";
  /** Null unless DIVERGED. */
  readonly divergedAtStep: number | null;
  readonly metrics: Readonly<Record<string, number | null>>;
}

/** Divergences closer than this many steps, or this part of the later one, are the same divergence. */
export const divergenceSteps = { absolute: 10, relative: 0.5 } as const;

/**
 * Do two replicas say the same? Symmetric; a failure agrees with nothing.
 * Two divergences are compared by when they came: beyond the finite numbers rounding is amplified without bound, so their metrics are no evidence,
 * while a run that claims to have burst at once, where another trained on, is refused.
 */
export function agrees(definition: ExperimentDefinition, a: Answer, b: Answer): boolean {
  if (a.outcome === "FAILED" || b.outcome === "FAILED" || a.outcome !== b.outcome) return false;
  if (a.outcome === "DIVERGED") {
    const [left, right] = [a.divergedAtStep ?? 0, b.divergedAtStep ?? 0];
    const allowed = Math.max(divergenceSteps.absolute, divergenceSteps.relative * Math.max(left, right));
    return Math.abs(left - right) <= allowed;
  }
  const report = (answer: Answer) => ({ outcome: "SUCCEEDED" as const, metrics: answer.metrics });
  return disagreements(definition, report(a), report(b)).length === 0;
}
