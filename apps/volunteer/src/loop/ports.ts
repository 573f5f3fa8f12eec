import type { AdapterInfo, BackendName, DeviceLimits } from "@widefield/experiments/backend/compute-backend";
import type { Progress } from "@widefield/experiments/contract/program";
import type { Surroundings } from "./choices.ts";
import type { FinishedUnit, GrantedUnit, LeaseKey, TrialResult } from "./work.ts";

export type BackendChoice = "auto" | BackendName;

/** What a host says of its device. */
export interface DeviceFacts {
  readonly backend: BackendName;
  readonly adapter: AdapterInfo;
  readonly limits: DeviceLimits;
  /** Why this is not the backend that was hoped for; null when it is. */
  readonly fallback: string | null;
}

export interface LeaseRequest {
  readonly hostId: string;
  readonly count: number;
  readonly targetSeconds: number;
  /** Null before the first measurement. */
  readonly flopsPerSecond: number | null;
  readonly study: string | null;
  readonly family: string | null;
}

export type LeaseAnswer =
  | { readonly kind: "granted"; readonly units: readonly GrantedUnit[] }
  | { readonly kind: "nothing"; readonly retryAfterSeconds: number; readonly reason: string }
  | { readonly kind: "outdated"; readonly message: string }
  | { readonly kind: "unknownHost" }
  | { readonly kind: "unauthenticated" }
  | { readonly kind: "invalid"; readonly message: string };

export type SubmitAnswer =
  | { readonly kind: "accepted"; readonly leaseId: string; readonly valid: number; readonly pending: number }
  | { readonly kind: "stale"; readonly leaseId: string }
  | { readonly kind: "invalid"; readonly leaseId: string; readonly message: string }
  | { readonly kind: "unauthenticated"; readonly leaseId: string };

export type RegisterAnswer =
  | { readonly kind: "registered"; readonly hostId: string }
  | { readonly kind: "outdated"; readonly message: string }
  | { readonly kind: "unauthenticated" }
  | { readonly kind: "invalid"; readonly message: string };

export type ExtendAnswer =
  | { readonly kind: "extended"; readonly reissueInMs: number; readonly refuseInMs: number }
  | { readonly kind: "stale" }
  | { readonly kind: "unauthenticated" };

/** Why an exchange with the server came to nothing. */
export type ExchangeFailure =
  /** No answer, or one that says "later". */
  | { readonly kind: "unreachable"; readonly message: string; readonly retryAfterMs: number | null }
  | { readonly kind: "outdated"; readonly message: string }
  | { readonly kind: "unauthenticated"; readonly message: string }
  /** The server understood and will not, however often it is asked. */
  | { readonly kind: "refused"; readonly message: string };

/** The way in which an `Api` fails. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly failure: ExchangeFailure;
  constructor(failure: ExchangeFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** The server. Every member is bounded in time and throws `ApiError` alone. */
export interface Api {
  /** Makes sure that the caller has an account; anonymous where there was none. */
  signIn(): Promise<void>;
  registerHost(device: DeviceFacts): Promise<RegisterAnswer>;
  lease(request: LeaseRequest): Promise<LeaseAnswer>;
  /** Results and, in the same round trip, a wish for more work. Answers in the order of the entries. */
  submit(
    entries: readonly FinishedUnit[],
    lease: LeaseRequest | null,
  ): Promise<{ readonly answers: readonly SubmitAnswer[]; readonly leased: LeaseAnswer | null }>;
  extend(key: LeaseKey, progress: number | null): Promise<ExtendAnswer>;
  release(keys: readonly LeaseKey[]): Promise<void>;
}

/** Finished work, kept where it outlives the process. */
export interface Outbox {
  read(): Promise<readonly FinishedUnit[]>;
  /** Resolves when the entry would survive a crash. Same lease: replaced. @throws when the disk is full */
  store(entry: FinishedUnit): Promise<void>;
  remove(leaseId: string): Promise<void>;
}

export type ComputeEnd =
  | { readonly kind: "computed"; readonly results: readonly TrialResult[]; readonly flopsPerSecond: number }
  | { readonly kind: "failed"; readonly message: string; readonly elapsedMs: number }
  | { readonly kind: "dataUnreachable"; readonly message: string }
  /** The program's code did not load. */
  | { readonly kind: "programUnreachable"; readonly message: string }
  /** By abort, or because the device is gone. */
  | { readonly kind: "stopped" };

/** The device and the programs on it. One unit at a time. */
export interface Compute {
  /** @throws Error with a sentence for people when there is no such device */
  open(backend: BackendChoice, onLost: (message: string) => void): Promise<DeviceFacts>;
  /** Never throws. */
  run(unit: GrantedUnit, onProgress: (progress: Progress) => void): Promise<ComputeEnd>;
  /** Ends the run under way within one step. */
  abort(): void;
  /** @param intensity share of the time to work, 0.1 to 1 */
  pace(intensity: number, suspended: boolean): void;
  close(): Promise<void>;
}

export interface Clock {
  /** Monotonic milliseconds. */
  now(): number;
  /** Calls back once at that time; returns a cancel. */
  at(time: number, call: () => void): () => void;
  /** Uniform in [0, 1). */
  random(): number;
}

/** What the surroundings are, now and later. */
export interface Platform {
  watch(listener: (surroundings: Partial<Surroundings>) => void): () => void;
}
