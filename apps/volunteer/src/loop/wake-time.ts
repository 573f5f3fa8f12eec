import { STOP_GRACE_MS } from "./decide-end.ts";
import { PATIENCE_MS } from "./decide-hold.ts";
import type { LoopState } from "./loop-state.ts";
import type { Moment } from "./reduce.ts";

/** The next time at which something is due without an event, or null. Never in the past. */
export function wakeTime(state: LoopState, { now }: Moment): number | null {
  if (state.ended) return null;
  const times = [
    state.retry.at,
    state.idle.until,
    state.inactiveSince === null || state.held.length === 0 ? 0 : state.inactiveSince + PATIENCE_MS,
    state.ending === null ? 0 : state.ending.since + STOP_GRACE_MS,
    ...state.held.flatMap((held) => [
      held.refuseAt,
      held.notBefore,
      // Offline no heartbeat goes out; being online again is an event.
      held.beatingSince === null && state.surroundings.online ? held.beatAt : 0,
    ]),
  ].filter((time) => time > now);
  return times.length === 0 ? null : Math.min(...times);
}
