import { absorbAnswer } from "./absorb-answer.ts";
import { absorbOutbox } from "./absorb-outbox.ts";
import { absorbRun } from "./absorb-run.ts";
import type { LoopEvent } from "./loop-event.ts";
import type { LoopState } from "./loop-state.ts";
import type { Moment } from "./rule.ts";

/** Losses within this time count together. */
const LOSS_WINDOW_MS = 10 * 60_000;
/** So many losses, and the device is given up. */
const MOST_LOSSES = 3;

/** Takes note of an event; what follows from it is decided elsewhere. */
export function absorb(state: LoopState, event: LoopEvent, moment: Moment): LoopState {
  switch (event.kind) {
    case "started":
    case "alarm":
      return { ...state, alarmAt: null };
    case "choicesChanged": {
      const choices = { ...state.choices, ...event.choices };
      const other = choices.study !== state.choices.study || choices.family !== state.choices.family;
      return { ...state, choices, idle: other ? { until: moment.now, reason: null } : state.idle };
    }
    case "pauseAsked":
      return { ...state, paused: true };
    case "resumeAsked":
      return { ...state, paused: false };
    case "stopAsked":
      return state.ending?.kind === "asked"
        ? state
        : { ...state, ending: { kind: "asked", message: "Stopped.", since: moment.now } };
    case "surroundingsChanged": {
      const surroundings = { ...state.surroundings, ...event.surroundings };
      const back = surroundings.online && !state.surroundings.online;
      return { ...state, surroundings, retry: back ? { ...state.retry, at: moment.now } : state.retry };
    }
    case "deviceOpened": {
      const same = state.device.facts?.backend === event.device.backend;
      return {
        // Units were granted to a host of another numerics class: this one must not answer for it.
        ...(same ? state : givenBack(state)),
        device: {
          ...state.device,
          state: "open",
          facts: { ...event.device, fallback: event.device.fallback ?? state.device.givenUp },
        },
        hostId: same ? state.hostId : null,
        speed: same ? state.speed : null,
        unitMs: same ? state.unitMs : null,
        notice: state.notice?.kind === "deviceLost" ? reopened(same) : state.notice,
      };
    }
    case "deviceRefused":
      return {
        ...state,
        device: { ...state.device, state: "closed" },
        ending: state.ending ?? { kind: "noDevice", message: event.message, since: moment.now },
      };
    case "deviceLost":
      return deviceLost(state, event.message, moment);
    case "signedIn":
    case "hostRegistered":
    case "leased":
    case "submitted":
    case "exchangeFailed":
    case "extended":
    case "extendFailed":
    case "leaseStale":
    case "released":
      return absorbAnswer(state, event, moment);
    case "outboxRead":
    case "stored":
    case "storeFailed":
      return absorbOutbox(state, event);
    case "progressed":
    case "computed":
    case "computeFailed":
    case "dataUnreachable":
    case "programUnreachable":
    case "computeStopped":
      return absorbRun(state, event, moment);
    default:
      event satisfies never;
      return state;
  }
}

function deviceLost(state: LoopState, message: string, moment: Moment): LoopState {
  if (state.device.state !== "open") return state;
  const losses = [...state.device.losses.filter((at) => moment.now - at < LOSS_WINDOW_MS), moment.now];
  const giveUp = losses.length >= MOST_LOSSES && state.device.facts?.backend === "webgpu";
  const lost: LoopState = {
    ...state,
    device: { ...state.device, state: "closed", losses },
    notice: { kind: "deviceLost", message: `${message} It is being opened again.` },
  };
  if (!giveUp) return lost;
  if (state.device.choice === "webgpu") {
    const words = `The graphics device was lost ${losses.length} times in ten minutes. Choose the wasm backend, or try again later.`;
    return { ...lost, ending: lost.ending ?? { kind: "noDevice", message: words, since: moment.now } };
  }
  return {
    ...givenBack(lost),
    device: {
      ...lost.device,
      choice: "wasm",
      givenUp:
        "The graphics device was lost again and again. The processor computes instead (WebAssembly), more slowly.",
    },
  };
}

function reopened(same: boolean): LoopState["notice"] {
  if (!same) return null;
  return { kind: "deviceLost", message: "It was opened again, and the unit under way began anew." };
}

function givenBack(state: LoopState): LoopState {
  const keys = state.held.map(({ unit }) => ({ leaseId: unit.leaseId, token: unit.token }));
  return { ...state, held: [], toRelease: [...state.toRelease, ...keys] };
}
