import { absorb } from "./absorb.ts";
import { decide } from "./decide.ts";
import type { LoopEvent } from "./loop-event.ts";
import type { LoopState } from "./loop-state.ts";
import type { Moment, Transition } from "./rule.ts";

/**
 * The work loop: what a volunteer does when something happens. Pure.
 * An event is taken note of, then every rule looks at the whole state and begins what is due; so no rule depends on
 * the order in which things happened.
 */
export function reduce(state: LoopState, event: LoopEvent, moment: Moment): Transition {
  return decide(absorb(state, event, moment), moment);
}
