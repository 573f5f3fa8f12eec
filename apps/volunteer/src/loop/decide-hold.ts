import { type LoopState, mayWork } from "./loop-state.ts";
import type { Moment, Rule, Transition } from "./rule.ts";
import type { LeaseKey } from "./work.ts";

/** A volunteer that is paused so long gives its units back, for others to compute. */
export const PATIENCE_MS = 120_000;

/** What is held, kept alive, dropped and given back. */
export const holdRules: readonly Rule[] = [noteActivity, dropExpired, giveUpHeld, release, beat];

function noteActivity(state: LoopState, { now }: Moment): Transition {
  const inactiveSince = mayWork(state) ? null : (state.inactiveSince ?? now);
  return { state: inactiveSince === state.inactiveSince ? state : { ...state, inactiveSince }, effects: [] };
}

/** Past its second deadline no result of a unit is taken. */
function dropExpired(state: LoopState, { now }: Moment): Transition {
  const held = state.held.filter((one) => one.refuseAt > now);
  const staleUnits = state.tally.staleUnits + state.held.length - held.length;
  return {
    state: held.length === state.held.length ? state : { ...state, held, tally: { ...state.tally, staleUnits } },
    effects: [],
  };
}

function giveUpHeld(state: LoopState, { now }: Moment): Transition {
  const pausedTooLong = state.inactiveSince !== null && now - state.inactiveSince >= PATIENCE_MS;
  if (state.held.length === 0 || (state.ending === null && !pausedTooLong)) return { state, effects: [] };
  const keys = state.held.map(({ unit }): LeaseKey => ({ leaseId: unit.leaseId, token: unit.token }));
  return { state: { ...state, held: [], toRelease: [...state.toRelease, ...keys] }, effects: [] };
}

/** Tried once: a lease that is not given back runs out by itself. */
function release(state: LoopState): Transition {
  if (state.toRelease.length === 0) return { state, effects: [] };
  return {
    state: { ...state, toRelease: [], releasesUnderWay: state.releasesUnderWay + 1 },
    effects: [{ kind: "release", keys: state.toRelease }],
  };
}

function beat(state: LoopState, { now }: Moment): Transition {
  if (!state.surroundings.online) return { state, effects: [] };
  const due = state.held.filter((one) => one.beatingSince === null && one.beatAt <= now);
  if (due.length === 0) return { state, effects: [] };
  const ids = new Set(due.map((one) => one.unit.leaseId));
  return {
    state: {
      ...state,
      held: state.held.map((one) => (ids.has(one.unit.leaseId) ? { ...one, beatingSince: now } : one)),
    },
    effects: due.map(({ unit }) => ({
      kind: "extend",
      key: { leaseId: unit.leaseId, token: unit.token },
      progress: state.computing?.unit.leaseId === unit.leaseId ? state.computing.fraction : null,
    })),
  };
}
