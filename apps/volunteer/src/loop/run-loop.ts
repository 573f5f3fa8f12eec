import type { Progress } from "@widefield/experiments/contract/program";
import type { Choices } from "./choices.ts";
import { STOP_GRACE_MS } from "./decide-end.ts";
import type { LoopEffect } from "./loop-effect.ts";
import type { LoopEvent } from "./loop-event.ts";
import type { Ending, LoopState } from "./loop-state.ts";
import type { Api, Clock, Compute, Outbox, Platform } from "./ports.ts";
import { reduce } from "./reduce.ts";
import { sentence, toFailure } from "./to-failure.ts";
import { statusOf, type VolunteerStatus } from "./volunteer-status.ts";
import type { GrantedUnit } from "./work.ts";

export interface LoopPorts {
  readonly api: Api;
  readonly outbox: Outbox;
  readonly compute: Compute;
  readonly clock: Clock;
  readonly platform: Platform;
}

export interface LoopListener {
  /** After every change that people may see. */
  status(status: VolunteerStatus): void;
  progress(unit: GrantedUnit, progress: Progress): void;
}

/** A volunteer at work. */
export interface RunningLoop {
  choose(choices: Partial<Choices>): void;
  pause(): void;
  resume(): void;
  /** Aborts what is computed, gives leases back, keeps what is finished. */
  stop(): void;
  /** Resolves when the device is closed and nothing is under way. */
  readonly ended: Promise<Ending>;
}

/** Runs the work loop: carries out the reducer's effects on the ports, and tells it what came of them. */
export function runLoop(ports: LoopPorts, initial: LoopState, listener: LoopListener): RunningLoop {
  const { api, outbox, compute, clock, platform } = ports;
  let state = initial;
  let cancelAlarm = (): void => undefined;
  let finish = (_ending: Ending): void => undefined;
  const ended = new Promise<Ending>((resolve) => {
    finish = resolve;
  });
  let opening: Promise<unknown> = Promise.resolve();

  const due: LoopEvent[] = [];
  let dispatching = false;
  /** One event at a time, also when carrying out an effect brings the next at once. */
  function dispatch(event: LoopEvent): void {
    due.push(event);
    if (dispatching) return;
    dispatching = true;
    for (let next = due.shift(); next !== undefined; next = due.shift()) {
      const transition = reduce(state, next, { now: clock.now(), random: clock.random() });
      state = transition.state;
      for (const effect of transition.effects) perform(effect);
      if (next.kind !== "progressed") listener.status(statusOf(state));
    }
    dispatching = false;
  }

  /** Turns a promise into the event that it ends in. */
  function report(work: Promise<LoopEvent>, failed: (error: unknown) => LoopEvent): Promise<void> {
    return work.catch(failed).then(dispatch);
  }

  function exchange(work: Promise<LoopEvent>): void {
    void report(work, (error) => ({ kind: "exchangeFailed", failure: toFailure(error) }));
  }

  function perform(effect: LoopEffect): void {
    switch (effect.kind) {
      case "readOutbox":
        void report(
          outbox.read().then((entries) => ({ kind: "outboxRead", entries })),
          () => ({ kind: "outboxRead", entries: [] }),
        );
        return;
      case "openDevice":
        opening = report(
          compute
            .open(effect.backend, (message) => dispatch({ kind: "deviceLost", message }))
            .then((device) => ({ kind: "deviceOpened", device })),
          (error) => ({ kind: "deviceRefused", message: sentence(error) }),
        );
        return;
      case "signIn":
        exchange(api.signIn().then(() => ({ kind: "signedIn" })));
        return;
      case "registerHost":
        exchange(
          api
            .registerHost(effect.device)
            .then((answer) =>
              answer.kind === "registered"
                ? { kind: "hostRegistered", hostId: answer.hostId }
                : { kind: "leased", answer },
            ),
        );
        return;
      case "lease":
        exchange(api.lease(effect.request).then((answer) => ({ kind: "leased", answer })));
        return;
      case "submit":
        exchange(api.submit(effect.entries, effect.lease).then((answer) => ({ kind: "submitted", ...answer })));
        return;
      case "extend": {
        const { leaseId } = effect.key;
        void report(
          api
            .extend(effect.key, effect.progress)
            .then((answer) =>
              answer.kind === "extended"
                ? { ...answer, leaseId }
                : { kind: answer.kind === "stale" ? "leaseStale" : "extendFailed", leaseId },
            ),
          () => ({ kind: "extendFailed", leaseId }),
        );
        return;
      }
      case "release":
        void report(
          api.release(effect.keys).then(() => ({ kind: "released" })),
          () => ({ kind: "released" }),
        );
        return;
      case "store": {
        const { leaseId } = effect.entry;
        void report(
          outbox.store(effect.entry).then(() => ({ kind: "stored", leaseId })),
          (error) => ({ kind: "storeFailed", leaseId, message: sentence(error) }),
        );
        return;
      }
      case "remove":
        outbox.remove(effect.leaseId).catch(() => undefined);
        return;
      case "compute":
        void runUnit(effect.unit);
        return;
      case "abortCompute":
        compute.abort();
        return;
      case "pace":
        compute.pace(effect.intensity, effect.suspended);
        return;
      case "setAlarm":
        cancelAlarm();
        cancelAlarm = effect.at === null ? () => undefined : clock.at(effect.at, () => dispatch({ kind: "alarm" }));
        return;
      case "end":
        void end();
        return;
      default:
        effect satisfies never;
    }
  }

  async function runUnit(unit: GrantedUnit): Promise<void> {
    const { leaseId } = unit;
    const result = await compute.run(unit, (progress) => {
      const flopsPerSecond = progress.elapsedMs > 0 ? (progress.flops / progress.elapsedMs) * 1000 : 0;
      dispatch({ kind: "progressed", leaseId, fraction: progress.fraction, flopsPerSecond });
      listener.progress(unit, progress);
    });
    switch (result.kind) {
      case "computed":
      case "dataUnreachable":
      case "programUnreachable":
        dispatch({ ...result, leaseId });
        return;
      case "failed":
        dispatch({ ...result, kind: "computeFailed", leaseId });
        return;
      case "stopped":
        dispatch({ kind: "computeStopped", leaseId });
        return;
      default:
        result satisfies never;
    }
  }

  async function end(): Promise<void> {
    cancelAlarm();
    unwatch();
    await orGrace(opening);
    await orGrace(compute.close().catch(() => undefined));
    if (state.ending !== null) finish(state.ending);
  }

  /** A device that hangs keeps nobody: what waits for it waits so long. */
  function orGrace(work: Promise<unknown>): Promise<unknown> {
    return new Promise<unknown>((resolve) => {
      const cancel = clock.at(clock.now() + STOP_GRACE_MS, () => resolve(undefined));
      void work.then((value) => {
        cancel();
        resolve(value);
      });
    });
  }

  const unwatch = platform.watch((surroundings) => dispatch({ kind: "surroundingsChanged", surroundings }));
  dispatch({ kind: "started" });
  return {
    choose: (choices) => dispatch({ kind: "choicesChanged", choices }),
    pause: () => dispatch({ kind: "pauseAsked" }),
    resume: () => dispatch({ kind: "resumeAsked" }),
    stop: () => dispatch({ kind: "stopAsked" }),
    ended,
  };
}
