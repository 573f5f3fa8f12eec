import type { Replica } from "../decision/decide.ts";

/** All that a submission may depend on, as it was at one moment. Each unit's version tells later whether it still is. */
export interface SubmissionState {
  readonly leases: readonly HeldLease[];
  readonly units: readonly UnitState[];
  readonly trials: readonly TrialState[];
  readonly replicas: readonly StoredReplica[];
  /** The agreed answers of decided trials among them, and those in `known`. */
  readonly canonicals: readonly StoredReplica[];
  /** Pending trials whose answer another study has by now, agreed on by as many as theirs asks for. */
  readonly known: readonly { readonly trialId: string; readonly canonicalId: string }[];
  readonly studies: readonly StudyPolicy[];
  /** What was answered to leases that had been submitted before. */
  readonly answers: readonly StoredAnswer[];
}

export interface HeldLease {
  readonly id: string;
  readonly tokenHash: string;
  readonly volunteerId: string;
  readonly hostId: string;
  readonly trusted: boolean;
  readonly unitId: string;
  readonly studyId: string;
  readonly state: "ACTIVE" | "SUBMITTED" | "RELEASED" | "EXPIRED";
  /** Past its refusal deadline, by the database's clock. */
  readonly refused: boolean;
  readonly trialIds: readonly string[];
}

export interface UnitState {
  readonly id: string;
  readonly version: number;
  readonly open: boolean;
}

/** A trial of a leased unit, or one that asks the same in another study (a twin), or a twin's companion in its unit. */
export interface TrialState {
  readonly id: string;
  readonly studyId: string;
  readonly unitId: string | null;
  readonly digest: string;
  readonly state: "PENDING" | "VALID" | "NONDETERMINISTIC" | "FAILED";
  readonly wanted: number;
  readonly flops: number;
  /** Of the leased units' trials; null for the others. */
  readonly params: Readonly<Record<string, unknown>> | null;
  readonly canonicalId: string | null;
}

export interface StoredReplica extends Replica {
  readonly trialId: string;
  readonly hostId: string;
  readonly volunteerId: string;
}

export interface StudyPolicy {
  readonly id: string;
  readonly experimentId: string;
  readonly experimentVersion: number;
  readonly quorum: number;
  readonly maxResults: number;
  readonly maxFailures: number;
}

export interface StoredAnswer {
  readonly leaseId: string;
  readonly trialId: string;
  readonly verdict: "PENDING" | "VALID" | "INVALID" | "INCONCLUSIVE" | "LATE";
  /** Whether the verdict was given with the answer; else the answer was PENDING. */
  readonly atOnce: boolean;
  readonly trialState: TrialState["state"];
}
