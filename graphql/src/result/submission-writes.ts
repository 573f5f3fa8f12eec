import type { StoredAnswer, TrialState } from "./submission-state.ts";

type Verdict = StoredAnswer["verdict"];

/** Everything that one call changes; what the write statement takes, list by list. */
export interface SubmissionWrites {
  /** Units and the version that all this was worked out from. */
  readonly units: readonly { readonly id: string; readonly version: number; readonly wanted: number }[];
  /** Leases that are now answered. */
  readonly leases: readonly string[];
  readonly results: readonly NewResult[];
  readonly measurements: readonly {
    readonly resultId: string;
    readonly metric: string;
    readonly value: number | null;
  }[];
  readonly curves: readonly {
    readonly resultId: string;
    readonly metric: string;
    readonly steps: readonly number[];
    readonly values: readonly number[];
  }[];
  /** Older replicas whose verdict this call brought. */
  readonly verdicts: readonly { readonly id: string; readonly verdict: Verdict }[];
  readonly trials: readonly TrialChange[];
  readonly hosts: readonly HostCredit[];
  /** How far each study gets on; every decision takes one revision. */
  readonly studies: readonly { readonly id: string; readonly decided: number; readonly finishedDecisionId: string }[];
}

export interface NewResult {
  readonly id: string;
  readonly leaseId: string;
  readonly trialId: string;
  readonly outcome: "SUCCEEDED" | "DIVERGED" | "FAILED";
  readonly verdict: Verdict;
  readonly divergedAtStep: number | null;
  readonly error: string | null;
  readonly elapsedMs: number;
  readonly flops: number;
}

export interface TrialChange {
  readonly id: string;
  readonly studyId: string;
  readonly state: TrialState["state"];
  readonly wanted: number;
  readonly canonicalId: string | null;
  readonly adopted: boolean;
  /** Null while it waits. */
  readonly decision: {
    readonly id: string;
    readonly kind: "CANONICAL" | "ADOPTED" | "NONDETERMINISTIC" | "FAILED";
    /** Place among the decisions that this call makes in the study, from 1. */
    readonly ordinal: number;
  } | null;
}

export interface HostCredit {
  readonly id: string;
  readonly valid: number;
  readonly invalid: number;
  readonly flops: number;
}
