import type { LoopState } from "./loop-state.ts";
import type { Moment, Rule, Transition } from "./rule.ts";

/** How long a stop waits for the server. What is not given back by then runs out by itself; the outbox stays. */
export const STOP_GRACE_MS = 5_000;
/** How long a stop waits for the computation, which ends within one step, and for the disk. What hangs would keep the person for ever. */
export const HANG_GRACE_MS = 10_000;

/** When the loop is over. */
export const endRules: readonly Rule[] = [beDone, end];

function beDone(state: LoopState, { now }: Moment): Transition {
  const { maxUnits } = state.choices;
  if (maxUnits === null || state.ending !== null || state.tally.finishedUnits < maxUnits) return { state, effects: [] };
  const waiting = state.outbox.entries.some((entry) => entry.stage !== "parked");
  if (waiting || state.exchange !== null || state.computing !== null || state.held.length > 0) {
    return { state, effects: [] };
  }
  const message = `Done: ${state.tally.finishedUnits} of ${maxUnits} units computed.`;
  return { state: { ...state, ending: { kind: "done", message, since: now } }, effects: [] };
}

function end(state: LoopState, { now }: Moment): Transition {
  const { ending } = state;
  if (ending === null || state.ended) return { state, effects: [] };
  const saving = state.outbox.entries.some((entry) => entry.stage === "new" || entry.stage === "storing");
  if ((state.computing !== null || saving) && now - ending.since < HANG_GRACE_MS) return { state, effects: [] };
  const talking = state.exchange !== null || state.releasesUnderWay > 0 || state.device.state === "opening";
  if (talking && now - ending.since < STOP_GRACE_MS) return { state, effects: [] };
  return { state: { ...state, ended: true }, effects: [{ kind: "end" }] };
}
