import type { LoopEffect } from "@widefield/volunteer/loop/loop-effect";
import type { LoopEvent } from "@widefield/volunteer/loop/loop-event";
import { initialState, type LoopState } from "@widefield/volunteer/loop/loop-state";
import type { DeviceFacts } from "@widefield/volunteer/loop/ports";
import { reduce } from "@widefield/volunteer/loop/reduce";
import type { GrantedUnit, TrialResult } from "@widefield/volunteer/loop/work";

export const WEBGPU: DeviceFacts = {
  backend: "webgpu",
  adapter: { vendor: "acme", architecture: "gcn", description: "Acme 9" },
  limits: { maxBufferBytes: 2 ** 28, memoryBytes: 2 ** 30 },
  fallback: null,
};

export const WASM: DeviceFacts = {
  ...WEBGPU,
  backend: "wasm",
  adapter: { vendor: "", architecture: "", description: "" },
};

/** A unit of two trials: reissued after a minute, refused after two. */
export function unit(name: string, changes: Partial<GrantedUnit> = {}): GrantedUnit {
  return {
    leaseId: `lease-${name}`,
    token: `token-${name}`,
    experiment: "test.square",
    version: 1,
    packKey: "k",
    flops: 1e6,
    peakBytes: 1e3,
    datasets: [],
    studySlug: "squares",
    studyTitle: "Squares",
    trials: [
      { id: `${name}-1`, params: { x: 1 }, seed: 0 },
      { id: `${name}-2`, params: { x: 2 }, seed: 0 },
    ],
    reissueInMs: 60_000,
    refuseInMs: 120_000,
    ...changes,
  };
}

export function results(of: GrantedUnit): TrialResult[] {
  return of.trials.map((trial) => ({
    trialId: trial.id,
    outcome: "SUCCEEDED",
    metrics: [{ name: "square", value: 4 }],
    curves: [],
    divergedAtStep: null,
    error: null,
    elapsedMs: 5,
    flops: 5e5,
  }));
}

export interface LoopScript {
  readonly state: LoopState;
  readonly now: number;
  /** Lets time pass, sends the event, and answers with the effects; the alarm is left out, see `state.alarmAt`. */
  send(event: LoopEvent, afterMs?: number): LoopEffect[];
  /** Lets time pass to the alarm. */
  ring(): LoopEffect[];
}

/** The reducer, played by hand. */
export function playLoop(options: Parameters<typeof initialState>[0] = {}): LoopScript {
  let state = initialState(options);
  let now = 1_000;
  const send = (event: LoopEvent, afterMs = 0): LoopEffect[] => {
    now += afterMs;
    const transition = reduce(state, event, { now, random: 0.5 });
    state = transition.state;
    return transition.effects.filter((effect) => effect.kind !== "setAlarm");
  };
  return {
    get state() {
      return state;
    },
    get now() {
      return now;
    },
    send,
    ring() {
      if (state.alarmAt === null) throw new Error("No alarm is set.");
      now = state.alarmAt;
      return send({ kind: "alarm" });
    },
  };
}

/** Up to the point where unit A is being computed. */
export function playUntilComputing(options: Parameters<typeof initialState>[0] = {}, first = unit("a")): LoopScript {
  const loop = playLoop(options);
  loop.send({ kind: "started" });
  loop.send({ kind: "outboxRead", entries: [] });
  loop.send({ kind: "deviceOpened", device: WEBGPU });
  loop.send({ kind: "signedIn" });
  loop.send({ kind: "hostRegistered", hostId: "host-1" });
  loop.send({ kind: "leased", answer: { kind: "granted", units: [first] } });
  if (loop.state.computing === null) throw new Error("The script should compute by now.");
  return loop;
}

export function kinds(effects: readonly LoopEffect[]): string[] {
  return effects.map((effect) => effect.kind);
}
