import { HANG_GRACE_MS, STOP_GRACE_MS } from "./decide-end.ts";
import { PATIENCE_MS } from "./decide-hold.ts";
import type { LoopState } from "./loop-state.ts";
import type { Moment } from "./rule.ts";

const graces = [STOP_GRACE_MS, HANG_GRACE_MS];

/** The next time at which something is due without an event, or null. Never in the past. */
export function wakeTime(state: LoopState, { now }: Moment): number | null {
  if (state.ended) return null;
  const times = [
    state.retry.at,
    state.idle.until,
    state.inactiveSince === null || state.held.length === 0 ? 0 : state.inactiveSince + PATIENCE_MS,
    ...graces.map((grace) => (state.ending === null ? 0 : state.ending.since + grace)),
    ...state.held.flatMap((held) => [
      held.refuseAt,
      held.notBefore,
      // Offline no heartbeat goes out; being online again is an event.
      held.beatingSince === null && state.surroundings.online ? held.beatAt : 0,
    ]),
  ].filter((time) => time > now);
  return times.length === 0 ? null : Math.min(...times);
}
