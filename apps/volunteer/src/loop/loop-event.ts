import type { Choices, Surroundings } from "./choices.ts";
import type { DeviceFacts, ExchangeFailure, LeaseAnswer, SubmitAnswer } from "./ports.ts";
import type { FinishedUnit, TrialResult } from "./work.ts";

/** Everything that can happen to a volunteer. */
export type LoopEvent =
  | { readonly kind: "started" }
  | { readonly kind: "alarm" }
  // the person
  | { readonly kind: "choicesChanged"; readonly choices: Partial<Choices> }
  | { readonly kind: "pauseAsked" }
  | { readonly kind: "resumeAsked" }
  | { readonly kind: "stopAsked" }
  // the platform
  | { readonly kind: "surroundingsChanged"; readonly surroundings: Partial<Surroundings> }
  // the device
  | { readonly kind: "deviceOpened"; readonly device: DeviceFacts }
  | { readonly kind: "deviceRefused"; readonly message: string }
  | { readonly kind: "deviceLost"; readonly message: string }
  // the server
  | { readonly kind: "signedIn" }
  | { readonly kind: "hostRegistered"; readonly hostId: string }
  | { readonly kind: "leased"; readonly answer: LeaseAnswer }
  | { readonly kind: "submitted"; readonly answers: readonly SubmitAnswer[]; readonly leased: LeaseAnswer | null }
  | { readonly kind: "exchangeFailed"; readonly failure: ExchangeFailure }
  | {
      readonly kind: "extended";
      readonly leaseId: string;
      readonly reissueInMs: number;
      readonly refuseInMs: number;
    }
  | { readonly kind: "extendFailed"; readonly leaseId: string }
  | { readonly kind: "leaseStale"; readonly leaseId: string }
  | { readonly kind: "released" }
  // the outbox
  | { readonly kind: "outboxRead"; readonly entries: readonly FinishedUnit[] }
  | { readonly kind: "stored"; readonly leaseId: string }
  | { readonly kind: "storeFailed"; readonly leaseId: string; readonly message: string }
  // the computation; exactly one of the last five ends it
  | {
      readonly kind: "progressed";
      readonly leaseId: string;
      readonly fraction: number;
      readonly flopsPerSecond: number;
    }
  | {
      readonly kind: "computed";
      readonly leaseId: string;
      readonly results: readonly TrialResult[];
      readonly flopsPerSecond: number;
    }
  | { readonly kind: "computeFailed"; readonly leaseId: string; readonly message: string; readonly elapsedMs: number }
  | { readonly kind: "dataUnreachable"; readonly leaseId: string; readonly message: string }
  | { readonly kind: "programUnreachable"; readonly leaseId: string; readonly message: string }
  | { readonly kind: "computeStopped"; readonly leaseId: string };
