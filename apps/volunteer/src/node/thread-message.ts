import type { Progress } from "@widefield/experiments/contract/program";
import type { BackendChoice, ComputeEnd, DeviceFacts } from "../loop/ports.ts";
import type { GrantedUnit } from "../loop/work.ts";

/** What the compute thread is given when it starts. */
export interface ThreadData {
  /** Of the server, for data. */
  readonly baseUrl: string;
  /** Where fetched data is kept. */
  readonly dataFolder: string;
}

/** To the compute thread. */
export type ThreadOrder =
  | { readonly kind: "open"; readonly backend: BackendChoice }
  | { readonly kind: "run"; readonly unit: GrantedUnit }
  | { readonly kind: "abort" }
  | { readonly kind: "pace"; readonly intensity: number; readonly suspended: boolean }
  | { readonly kind: "close" };

/** From the compute thread. */
export type ThreadReport =
  | { readonly kind: "opened"; readonly device: DeviceFacts }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "lost"; readonly message: string }
  | { readonly kind: "progress"; readonly leaseId: string; readonly progress: Progress }
  | { readonly kind: "ended"; readonly leaseId: string; readonly end: ComputeEnd }
  | { readonly kind: "closed" };
