import type { BackendChoice, DeviceFacts, LeaseRequest } from "./ports.ts";
import type { FinishedUnit, GrantedUnit, LeaseKey } from "./work.ts";

/** Everything that the loop asks of the world. Each is answered by an event, except where it says so. */
export type LoopEffect =
  | { readonly kind: "readOutbox" }
  | { readonly kind: "openDevice"; readonly backend: BackendChoice }
  | { readonly kind: "signIn" }
  | { readonly kind: "registerHost"; readonly device: DeviceFacts }
  | { readonly kind: "lease"; readonly request: LeaseRequest }
  | { readonly kind: "submit"; readonly entries: readonly FinishedUnit[]; readonly lease: LeaseRequest | null }
  | { readonly kind: "extend"; readonly key: LeaseKey; readonly progress: number | null }
  | { readonly kind: "release"; readonly keys: readonly LeaseKey[] }
  | { readonly kind: "store"; readonly entry: FinishedUnit }
  /** Unanswered: an entry that stays behind is sent again at the next start, which changes nothing. */
  | { readonly kind: "remove"; readonly leaseId: string }
  | { readonly kind: "compute"; readonly unit: GrantedUnit }
  /** Answered by the end of the computation. */
  | { readonly kind: "abortCompute" }
  /** Unanswered. */
  | { readonly kind: "pace"; readonly intensity: number; readonly suspended: boolean }
  /** Unanswered until its time comes; replaces the alarm before it; null: no alarm. */
  | { readonly kind: "setAlarm"; readonly at: number | null }
  /** The last word, unanswered: the device is to be closed. */
  | { readonly kind: "end" };
