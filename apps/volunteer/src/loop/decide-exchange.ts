import { STOP_GRACE_MS } from "./decide-end.ts";
import type { LoopEffect } from "./loop-effect.ts";
import { type Exchange, type LoopState, mayWork, type OutboxEntry } from "./loop-state.ts";
import type { LeaseRequest } from "./ports.ts";
import type { Moment, Rule, Transition } from "./rule.ts";

/** Besides the unit being computed, enough are held to bridge so many milliseconds of conversation; one at least. */
const BRIDGE_MS = 3_000;
const MOST_HELD = 16;
/** No new work while so many finished units wait to be sent. */
const MOST_WAITING = 8;
/** Most finished units in one request. */
const FULL_BATCH = 16;

/** The conversation with the server: one exchange at a time, results before new work, both in one where possible. */
export const exchangeRules: readonly Rule[] = [exchange];

function exchange(state: LoopState, moment: Moment): Transition {
  if (state.exchange !== null || state.ended || !state.surroundings.online || state.retry.at > moment.now) {
    return { state, effects: [] };
  }
  if (state.outbox.read !== "yes") return { state, effects: [] };
  const entries = nextBatch(state);
  const last = state.ending !== null;
  if (last && (entries.length === 0 || !maySendAtEnd(state, moment))) return { state, effects: [] };
  if (!state.signedIn) {
    return entries.length > 0 || mayWork(state)
      ? begin(state, moment, "signIn", { kind: "signIn" })
      : { state, effects: [] };
  }
  const wish = leaseWish(state);
  if (entries.length > 0) {
    // Asking costs nothing here, whatever was said of the time to ask again.
    const lease = entries.some((entry) => entry.suspect) ? null : wish;
    return begin(sending(state, entries), moment, "submit", {
      kind: "submit",
      entries: entries.map((entry) => entry.finished),
      lease,
    });
  }
  const { facts, state: device } = state.device;
  if (state.hostId === null) {
    return facts !== null && device === "open" && mayWork(state)
      ? begin(state, moment, "registerHost", { kind: "registerHost", device: facts })
      : { state, effects: [] };
  }
  // What is being saved is sent in a moment, with this wish in the same round trip.
  const saving = state.outbox.entries.some((entry) => entry.stage === "new" || entry.stage === "storing");
  return wish === null || saving || state.idle.until > moment.now
    ? { state, effects: [] }
    : begin(state, moment, "lease", { kind: "lease", request: wish });
}

function begin(state: LoopState, { now }: Moment, kind: Exchange["kind"], effect: LoopEffect): Transition {
  return { state: { ...state, exchange: { kind, since: now } }, effects: [effect] };
}

/** Finished work that waits for the server. */
export function sendable(state: LoopState): OutboxEntry[] {
  return state.outbox.entries.filter((entry) => entry.stage === "stored" || entry.stage === "held");
}

/** What goes out in one request: an entry that may have been at fault for a refusal goes alone, and without a wish for work. */
function nextBatch(state: LoopState): OutboxEntry[] {
  const entries = sendable(state);
  const suspect = entries.find((entry) => entry.suspect);
  return suspect === undefined ? entries.slice(0, FULL_BATCH) : [suspect];
}

/** Someone who asked for the end does not wait for retries; a loop that is done does. */
function maySendAtEnd(state: LoopState, { now }: Moment): boolean {
  if (state.ending?.kind === "asked") {
    return state.signedIn && state.retry.failures === 0 && now - state.ending.since < STOP_GRACE_MS;
  }
  return state.ending?.kind !== "refused" && state.retry.failures === 0;
}

/** What to ask for, or null when no work is wanted now. */
function leaseWish(state: LoopState): LeaseRequest | null {
  if (!mayWork(state) || state.hostId === null || state.device.state !== "open") return null;
  const { entries } = state.outbox;
  const unsaved = entries.some((entry) => entry.stage === "held");
  if (unsaved || entries.filter((entry) => entry.stage !== "parked").length > MOST_WAITING) return null;
  const { maxUnits, targetSeconds, study, family } = state.choices;
  const left = maxUnits === null ? Number.POSITIVE_INFINITY : maxUnits - state.tally.finishedUnits - state.held.length;
  const room = wantedUnits(state) - state.held.length;
  const count = Math.min(left, room);
  if (count < 1) return null;
  // A host that works a tenth of the time takes a tenth of the work.
  const seconds = targetSeconds * state.choices.intensity;
  return { hostId: state.hostId, count, targetSeconds: seconds, flopsPerSecond: state.speed, study, family };
}

/** One until something is known of the speed: the first unit tells. */
function wantedUnits({ speed, unitMs }: LoopState): number {
  if (speed === null) return 1;
  return unitMs === null ? 2 : Math.min(MOST_HELD, 1 + Math.max(1, Math.ceil(BRIDGE_MS / Math.max(1, unitMs))));
}

function sending(state: LoopState, entries: readonly OutboxEntry[]): LoopState {
  const chosen = new Set(entries);
  return {
    ...state,
    outbox: {
      ...state.outbox,
      entries: state.outbox.entries.map((entry) => (chosen.has(entry) ? { ...entry, stage: "sending" } : entry)),
    },
  };
}
