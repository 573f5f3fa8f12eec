import { backoffMs } from "./backoff.ts";
import type { LoopEvent } from "./loop-event.ts";
import type { LoopState } from "./loop-state.ts";
import type { Moment } from "./rule.ts";
import type { FinishedUnit, GrantedUnit, TrialResult } from "./work.ts";

type RunEvent = Extract<
  LoopEvent,
  { kind: "progressed" | "computed" | "computeFailed" | "dataUnreachable" | "programUnreachable" | "computeStopped" }
>;

/** Weight of the newest measurement. */
const NEWEST = 0.5;
/** A unit begun so often in vain is given back. */
const MOST_ATTEMPTS = 4;
/** A program that did not load so often, over half a minute or so, is not there any more: the site has a newer version. */
const MOST_LOADS = 6;

/** What the computation says. */
export function absorbRun(state: LoopState, event: RunEvent, moment: Moment): LoopState {
  const computing = state.computing;
  if (computing?.unit.leaseId !== event.leaseId) return state;
  switch (event.kind) {
    case "progressed":
      return {
        ...state,
        computing: { ...computing, fraction: event.fraction },
        speed: state.speed ?? (event.flopsPerSecond > 0 ? event.flopsPerSecond : null),
      };
    case "computed": {
      const speed = mix(state.speed, event.flopsPerSecond);
      const unitMs = mix(state.unitMs, moment.now - computing.since);
      return finished({ ...state, speed: speed > 0 ? speed : state.speed, unitMs }, computing.unit, event.results);
    }
    case "computeFailed": {
      const failed = finished(state, computing.unit, failures(computing.unit, event.message, event.elapsedMs));
      return { ...failed, tally: { ...failed.tally, failedUnits: failed.tally.failedUnits + 1 } };
    }
    case "dataUnreachable":
      return again(
        { ...state, notice: { kind: "dataUnreachable", message: event.message } },
        computing.unit,
        (attempts) => moment.now + backoffMs(attempts, moment.random),
      );
    case "programUnreachable":
      return programUnreachable(state, computing.unit, event.message, moment);
    case "computeStopped":
      return again(state, computing.unit, () => 0);
    default:
      event satisfies never;
      return state;
  }
}

function mix(old: number | null, newest: number): number {
  return old === null ? newest : old * (1 - NEWEST) + newest * NEWEST;
}

/** To the outbox with it, unless the lease was given up meanwhile. */
function finished(state: LoopState, unit: GrantedUnit, results: readonly TrialResult[]): LoopState {
  if (!state.held.some((held) => held.unit.leaseId === unit.leaseId)) return { ...state, computing: null };
  const entry: FinishedUnit = { leaseId: unit.leaseId, token: unit.token, studySlug: unit.studySlug, results };
  return {
    ...state,
    computing: null,
    notice: state.notice?.kind === "deviceLost" ? null : state.notice,
    held: state.held.filter((held) => held.unit.leaseId !== unit.leaseId),
    outbox: {
      ...state.outbox,
      entries: [...state.outbox.entries, { finished: entry, stage: "new", onDisk: false, suspect: false }],
    },
    tally: { ...state.tally, finishedUnits: state.tally.finishedUnits + 1 },
  };
}

function failures(unit: GrantedUnit, message: string, elapsedMs: number): TrialResult[] {
  return unit.trials.map((trial) => ({
    trialId: trial.id,
    outcome: "FAILED",
    metrics: [],
    curves: [],
    divergedAtStep: null,
    error: message,
    elapsedMs: elapsedMs / unit.trials.length,
    flops: 0,
  }));
}

/** Whatever the unit, it is the same code: after too many tries another unit would not help, and a fresh start may. */
function programUnreachable(state: LoopState, unit: GrantedUnit, reason: string, moment: Moment): LoopState {
  const { online } = state.surroundings;
  const before = state.held.find((held) => held.unit.leaseId === unit.leaseId)?.attempts ?? 0;
  // Without a network it says nothing.
  const attempts = online ? before + 1 : before;
  if (attempts >= MOST_LOADS && online) {
    const message = `The experiment's code does not load (${reason}). The site may have a newer version: reload the page, or update.`;
    return { ...state, computing: null, ending: state.ending ?? { kind: "outdated", message, since: moment.now } };
  }
  const held = state.held.map((one) =>
    one.unit.leaseId === unit.leaseId
      ? { ...one, attempts, notBefore: moment.now + backoffMs(Math.max(1, attempts), moment.random) }
      : one,
  );
  const message = `The experiment's code does not load (${reason}). It is tried again.`;
  return { ...state, computing: null, held, notice: { kind: "unreachable", message } };
}

/** Not finished: the unit stays held and is begun again, or goes back when it was begun too often. */
function again(state: LoopState, unit: GrantedUnit, notBefore: (attempts: number) => number): LoopState {
  const key = { leaseId: unit.leaseId, token: unit.token };
  const held = state.held.flatMap((one) => {
    if (one.unit.leaseId !== unit.leaseId) return [one];
    const attempts = one.attempts + 1;
    return attempts >= MOST_ATTEMPTS ? [] : [{ ...one, attempts, notBefore: notBefore(attempts) }];
  });
  const givenUp = held.length < state.held.length;
  return { ...state, computing: null, held, toRelease: givenUp ? [...state.toRelease, key] : state.toRelease };
}
