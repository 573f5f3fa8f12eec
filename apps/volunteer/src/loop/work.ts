/** A unit of work as the server granted it, with its deadlines as durations. */
export interface GrantedUnit {
  readonly leaseId: string;
  /** The fencing token: secret. */
  readonly token: string;
  readonly experiment: string;
  readonly version: number;
  readonly packKey: string;
  readonly flops: number;
  readonly peakBytes: number;
  readonly datasets: readonly string[];
  readonly studySlug: string;
  readonly studyTitle: string;
  readonly trials: readonly GrantedTrial[];
  /** Milliseconds from the grant until the unit may be given to somebody else. */
  readonly reissueInMs: number;
  /** Milliseconds from the grant until results are refused. */
  readonly refuseInMs: number;
}

export interface GrantedTrial {
  readonly id: string;
  readonly params: unknown;
  readonly seed: number;
}

export interface LeaseKey {
  readonly leaseId: string;
  readonly token: string;
}

/** Finished work, as it lies in the outbox and as it is sent. */
export interface FinishedUnit extends LeaseKey {
  readonly studySlug: string;
  readonly results: readonly TrialResult[];
}

export interface TrialResult {
  readonly trialId: string;
  readonly outcome: "SUCCEEDED" | "DIVERGED" | "FAILED";
  readonly metrics: readonly Measurement[];
  readonly curves: readonly Curve[];
  readonly divergedAtStep: number | null;
  /** For FAILED: what went wrong, in words. */
  readonly error: string | null;
  readonly elapsedMs: number;
  readonly flops: number;
}

export interface Measurement {
  readonly name: string;
  readonly value: number | null;
}

export interface Curve {
  readonly name: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
}
