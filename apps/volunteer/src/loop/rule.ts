import type { LoopEffect } from "./loop-effect.ts";
import type { LoopState } from "./loop-state.ts";

/** When an event happens, and the chance that goes with it. */
export interface Moment {
  /** Monotonic milliseconds. */
  readonly now: number;
  /** Uniform in [0, 1). */
  readonly random: number;
}

export interface Transition {
  readonly state: LoopState;
  readonly effects: readonly LoopEffect[];
}

/** One thing that may be due. A rule marks in the state what it begins, so that it begins it once. */
export type Rule = (state: LoopState, moment: Moment) => Transition;
