import { withEntry } from "./absorb-outbox.ts";
import { backoffMs } from "./backoff.ts";
import type { LoopEvent } from "./loop-event.ts";
import { type LoopState, mayWork, type Notice, type OutboxEntry } from "./loop-state.ts";
import type { ExchangeFailure, LeaseAnswer, SubmitAnswer } from "./ports.ts";
import type { Moment } from "./rule.ts";

type AnswerEvent = Extract<
  LoopEvent,
  {
    kind:
      | "signedIn"
      | "hostRegistered"
      | "leased"
      | "submitted"
      | "exchangeFailed"
      | "extended"
      | "extendFailed"
      | "leaseStale"
      | "released";
  }
>;

/** A heartbeat goes out after this share of the time until the unit may be reissued. */
const BEAT_SHARE = 1 / 3;
/** A sign-in is tried so often before the credential is taken to be bad. */
const MOST_SIGN_INS = 3;
const IDLE_JITTER = 0.2;
const LEAST_IDLE_MS = 1_000;

/** What the server says, or that it says nothing. */
export function absorbAnswer(state: LoopState, event: AnswerEvent, moment: Moment): LoopState {
  switch (event.kind) {
    case "signedIn":
      return { ...reached(state), signedIn: true };
    case "hostRegistered":
      return { ...reached(state), hostId: event.hostId, refusedSignIns: 0 };
    case "leased":
      return leased(reached(state), event.answer, sentAt(state, moment), moment);
    case "submitted": {
      const submitted = event.answers.reduce((sofar, answer) => settled(sofar, answer, moment), reached(state));
      return event.leased === null ? submitted : leased(submitted, event.leased, sentAt(state, moment), moment);
    }
    case "exchangeFailed":
      return failed(state, event.failure, moment);
    case "extended":
      return {
        ...state,
        held: state.held.map((held) => {
          if (held.unit.leaseId !== event.leaseId) return held;
          const since = held.beatingSince ?? moment.now;
          return {
            ...held,
            beatingSince: null,
            beatAt: since + event.reissueInMs * BEAT_SHARE,
            refuseAt: since + event.refuseInMs,
          };
        }),
      };
    case "extendFailed":
      return {
        ...state,
        held: state.held.map((held) =>
          held.unit.leaseId === event.leaseId
            ? { ...held, beatingSince: null, beatAt: moment.now + backoffMs(3, moment.random) }
            : held,
        ),
      };
    case "leaseStale": {
      const held = state.held.filter((one) => one.unit.leaseId !== event.leaseId);
      const lost = held.length < state.held.length;
      return lost ? { ...state, held, tally: { ...state.tally, staleUnits: state.tally.staleUnits + 1 } } : state;
    }
    case "released":
      return { ...state, releasesUnderWay: Math.max(0, state.releasesUnderWay - 1) };
    default:
      event satisfies never;
      return state;
  }
}

/** Deadlines count from when the request left: the grant came later, so this errs on the safe side. */
function sentAt(state: LoopState, moment: Moment): number {
  return state.exchange?.since ?? moment.now;
}

function reached(state: LoopState): LoopState {
  return { ...without(state, "unreachable"), exchange: null, retry: { failures: 0, at: 0 } };
}

function without(state: LoopState, ...kinds: Notice["kind"][]): LoopState {
  return state.notice !== null && kinds.includes(state.notice.kind) ? { ...state, notice: null } : state;
}

function leased(state: LoopState, answer: LeaseAnswer, since: number, moment: Moment): LoopState {
  switch (answer.kind) {
    case "granted": {
      const known = new Set(state.held.map((held) => held.unit.leaseId));
      const fresh = answer.units.filter((unit) => !known.has(unit.leaseId));
      if (!mayTake(state)) {
        const keys = fresh.map(({ leaseId, token }) => ({ leaseId, token }));
        return { ...state, refusedSignIns: 0, toRelease: [...state.toRelease, ...keys] };
      }
      return {
        ...without(state, "dataUnreachable"),
        idle: { ...state.idle, reason: null },
        refusedSignIns: 0,
        held: [
          ...state.held,
          ...fresh.map((unit) => ({
            unit,
            beatAt: since + unit.reissueInMs * BEAT_SHARE,
            refuseAt: since + unit.refuseInMs,
            beatingSince: null,
            attempts: 0,
            notBefore: 0,
          })),
        ],
      };
    }
    case "nothing": {
      const wait = Math.max(LEAST_IDLE_MS, answer.retryAfterSeconds * 1000) * (1 + IDLE_JITTER * moment.random);
      return {
        ...state,
        refusedSignIns: 0,
        idle: { until: moment.now + wait, reason: answer.reason },
      };
    }
    case "outdated":
      return {
        ...state,
        ending: state.ending ?? { kind: "outdated", message: answer.message, since: moment.now },
      };
    case "unknownHost":
      return { ...state, hostId: null, retry: later(state, moment) };
    case "unauthenticated":
      return state.signedIn ? signedOut(state, moment) : state;
    case "invalid":
      return { ...state, ending: state.ending ?? { kind: "refused", message: answer.message, since: moment.now } };
    default:
      answer satisfies never;
      return state;
  }
}

/** Whether granted units are still welcome: a stop, a pause or another device may have come while they travelled. */
function mayTake(state: LoopState): boolean {
  return mayWork(state) && state.hostId !== null && !state.ended;
}

function settled(state: LoopState, answer: SubmitAnswer, moment: Moment): LoopState {
  const done = withEntry(state, answer.leaseId, (entry) => ({ ...entry, stage: "settled" }));
  switch (answer.kind) {
    case "accepted": {
      const { tally } = state;
      const trials = state.outbox.entries.find((entry) => entry.finished.leaseId === answer.leaseId)?.finished.results;
      return {
        ...done,
        refusedSignIns: 0,
        tally: {
          ...tally,
          units: tally.units + 1,
          trials: tally.trials + (trials?.length ?? 0),
          validTrials: tally.validTrials + answer.valid,
          pendingTrials: tally.pendingTrials + answer.pending,
        },
      };
    }
    case "stale":
      return { ...done, tally: { ...state.tally, staleUnits: state.tally.staleUnits + 1 } };
    case "invalid":
      return {
        ...done,
        tally: { ...state.tally, refusedUnits: state.tally.refusedUnits + 1 },
        notice: { kind: "resultRefused", message: `The server refused a result: ${answer.message}` },
      };
    case "unauthenticated": {
      const back = withEntry(state, answer.leaseId, unsent);
      return state.signedIn ? signedOut(back, moment) : back;
    }
    default:
      answer satisfies never;
      return state;
  }
}

/** Back from a request that came to nothing. What the disk would not take is offered to it again: there may be room by now. */
function unsent(entry: OutboxEntry): OutboxEntry {
  return { ...entry, stage: entry.onDisk ? "stored" : "new" };
}

function later(state: LoopState, moment: Moment, atLeastMs = 0): LoopState["retry"] {
  const failures = state.retry.failures + 1;
  return { failures, at: moment.now + Math.max(atLeastMs, backoffMs(failures, moment.random)) };
}

function signedOut(state: LoopState, moment: Moment): LoopState {
  const refusedSignIns = state.refusedSignIns + 1;
  const message = "The server does not accept this account's credential. Sign in again, or leave the token out.";
  return {
    ...state,
    signedIn: false,
    refusedSignIns,
    retry: later(state, moment),
    ending: state.ending ?? (refusedSignIns >= MOST_SIGN_INS ? { kind: "refused", message, since: moment.now } : null),
  };
}

function failed(state: LoopState, failure: ExchangeFailure, moment: Moment): LoopState {
  const sending = state.outbox.entries.filter((entry) => entry.stage === "sending");
  const back: LoopState = {
    ...state,
    exchange: null,
    outbox: {
      ...state.outbox,
      entries: state.outbox.entries.map((entry) => (entry.stage === "sending" ? unsent(entry) : entry)),
    },
  };
  switch (failure.kind) {
    case "unreachable":
      return {
        ...back,
        retry: later(state, moment, failure.retryAfterMs ?? 0),
        notice: state.surroundings.online ? { kind: "unreachable", message: failure.message } : state.notice,
      };
    case "unauthenticated":
      return signedOut(back, moment);
    case "outdated":
    case "refused":
      if (failure.kind === "refused" && state.exchange?.kind === "submit") {
        return submissionRefused(back, failure.message, sending);
      }
      return {
        ...back,
        // What ends already would else ask again, and again.
        retry: later(state, moment),
        ending: state.ending ?? { kind: failure.kind, message: failure.message, since: moment.now },
      };
    default:
      failure satisfies never;
      return back;
  }
}

/**
 * After a refused request its results are sent one by one and without a wish for work, to find the one that is at fault;
 * the entry that is refused alone stays in the outbox until the next start.
 */
function submissionRefused(state: LoopState, message: string, sent: readonly OutboxEntry[]): LoopState {
  const ids = new Set(sent.map((entry) => entry.finished.leaseId));
  const alone = sent.every((entry) => entry.suspect);
  const entries = state.outbox.entries.map((entry): OutboxEntry => {
    if (!ids.has(entry.finished.leaseId)) return entry;
    return alone ? { ...entry, stage: "parked" } : { ...entry, suspect: true };
  });
  const found = { ...state, outbox: { ...state.outbox, entries } };
  if (!alone) return found;
  const fate = sent.every((entry) => entry.onDisk) ? ", it is kept here" : ", and no disk has it";
  return {
    ...found,
    tally: { ...state.tally, refusedUnits: state.tally.refusedUnits + 1 },
    notice: { kind: "resultRefused", message: `The server would not read a result${fate}: ${message}` },
  };
}
