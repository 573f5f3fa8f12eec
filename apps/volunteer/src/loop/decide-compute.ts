import { type LoopState, mayWork } from "./loop-state.ts";
import type { Moment, Rule, Transition } from "./rule.ts";

/** The device and what runs on it. */
export const computeRules: readonly Rule[] = [openDevice, abortDropped, setPace, compute];

function openDevice(state: LoopState): Transition {
  if (state.device.state !== "closed" || state.computing !== null || !mayWork(state)) return { state, effects: [] };
  return {
    state: { ...state, device: { ...state.device, state: "opening" } },
    effects: [{ kind: "openDevice", backend: state.device.choice }],
  };
}

/** A run whose lease is gone, or whose device is gone, has nothing to run for. */
function abortDropped(state: LoopState): Transition {
  const { computing } = state;
  if (computing === null || computing.aborting) return { state, effects: [] };
  const held = state.held.some((one) => one.unit.leaseId === computing.unit.leaseId);
  if (held && state.device.state === "open") return { state, effects: [] };
  return { state: { ...state, computing: { ...computing, aborting: true } }, effects: [{ kind: "abortCompute" }] };
}

function setPace(state: LoopState): Transition {
  const pace = { intensity: state.choices.intensity, suspended: state.ending === null && !mayWork(state) };
  if (pace.intensity === state.pace.intensity && pace.suspended === state.pace.suspended) return { state, effects: [] };
  return { state: { ...state, pace }, effects: [{ kind: "pace", ...pace }] };
}

function compute(state: LoopState, { now }: Moment): Transition {
  if (state.computing !== null || state.device.state !== "open" || state.hostId === null || !mayWork(state)) {
    return { state, effects: [] };
  }
  const next = state.held.find((one) => one.notBefore <= now);
  if (next === undefined) return { state, effects: [] };
  return {
    state: { ...state, computing: { unit: next.unit, since: now, fraction: 0, aborting: false } },
    effects: [{ kind: "compute", unit: next.unit }],
  };
}
