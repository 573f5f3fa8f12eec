import type { Choices, Surroundings } from "../loop/choices.ts";
import type { Ending } from "../loop/loop-state.ts";
import type { VolunteerStatus } from "../loop/volunteer-status.ts";

/** From the page to the worker. */
export type WorkerOrder =
  | { readonly kind: "start"; readonly choices: Partial<Choices>; readonly surroundings: Surroundings }
  | { readonly kind: "surroundings"; readonly surroundings: Partial<Surroundings> }
  | { readonly kind: "choose"; readonly choices: Partial<Choices> }
  | { readonly kind: "pause" }
  | { readonly kind: "resume" }
  | { readonly kind: "stop" };

/** From the worker to the page. */
export type WorkerReport =
  | { readonly kind: "status"; readonly status: VolunteerStatus }
  | { readonly kind: "progress"; readonly progress: UnitProgress }
  | { readonly kind: "ended"; readonly ending: Ending };

/** How far the unit under way is, several times a second. */
export interface UnitProgress {
  readonly leaseId: string;
  readonly studySlug: string;
  /** 0 to 1. */
  readonly fraction: number;
  readonly step: number;
  readonly steps: number;
  /** FLOP/s of this unit so far; 0 before the first. */
  readonly flopsPerSecond: number;
  /** Newest value of the experiment's first series, one for each trial. */
  readonly latest: readonly (number | null)[];
}
