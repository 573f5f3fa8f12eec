import type { LoopEffect } from "@widefield/volunteer/loop/loop-effect";
import type { LoopEvent } from "@widefield/volunteer/loop/loop-event";
import { initialState, type LoopState } from "@widefield/volunteer/loop/loop-state";
import type { LeaseAnswer, SubmitAnswer } from "@widefield/volunteer/loop/ports";
import { reduce } from "@widefield/volunteer/loop/reduce";
import type { GrantedUnit } from "@widefield/volunteer/loop/work";
import fc from "fast-check";
import { expect, test } from "vitest";
import { results, unit, WASM, WEBGPU } from "./loop-script.ts";

/** One draw of the world's whims: which pending effect is answered, how, and how long it took. */
type Whim = readonly [which: number, how: number, waitMs: number];

/**
 * Everything outside the loop, at random: answers come late, in any order, wrong, or not at all; devices vanish; people
 * press buttons. It keeps its own books of every lease, and throws when the loop breaks a promise.
 */
class World {
  state: LoopState;
  now = 0;
  readonly pending: LoopEffect[] = [];
  readonly disk = new Set<string>();
  /** What the disk would not take. */
  readonly unsaved = new Set<string>();
  /** What became of every lease ever granted. */
  readonly leases = new Map<string, "granted" | "finished" | "final" | "released" | "stale">();
  /** How often a request with that lease in it was refused whole. */
  readonly refusals = new Map<string, number>();
  running: GrantedUnit | null = null;
  deviceOpen = false;
  ended = 0;
  /** When the last exchange came to nothing in a way that another would too; null after any other word. */
  private failedAt: number | null = null;

  constructor(maxUnits: number | null) {
    this.state = initialState({ choices: { maxUnits } });
    this.send({ kind: "started" });
  }

  send(event: LoopEvent): void {
    if (event.kind === "exchangeFailed") this.failedAt = isSplit(event, this.state) ? null : this.now;
    // A network that comes back is a reason to ask at once.
    if (event.kind === "surroundingsChanged") this.failedAt = null;
    const { state, effects } = reduce(this.state, event, { now: this.now, random: 0.3 });
    // Past its second deadline the loop drops a unit by itself.
    for (const one of this.state.held) {
      if (one.refuseAt <= this.now && this.leases.get(one.unit.leaseId) === "granted") {
        this.leases.set(one.unit.leaseId, "stale");
      }
    }
    this.state = state;
    for (const effect of effects) this.perform(effect);
  }

  private perform(effect: LoopEffect): void {
    switch (effect.kind) {
      case "compute":
        if (this.running !== null) throw new Error("Two computations at once.");
        if (!this.deviceOpen) throw new Error("A computation without a device.");
        if (this.leases.get(effect.unit.leaseId) !== "granted") throw new Error("Computes what is not its own.");
        this.running = effect.unit;
        return;
      case "abortCompute":
        if (this.running === null) throw new Error("Aborts nothing.");
        return;
      case "submit":
        for (const entry of effect.entries) {
          if (!this.disk.has(entry.leaseId) && !this.unsaved.has(entry.leaseId))
            throw new Error("Sent before it was saved.");
          const refused = this.refusals.get(entry.leaseId) ?? 0;
          if (refused > 0 && (effect.entries.length > 1 || effect.lease !== null))
            throw new Error("What was refused among others is not sent alone.");
          if (refused > 1) throw new Error("Sent again after it was refused alone.");
        }
        this.oneExchange();
        this.pending.push(effect);
        return;
      case "lease":
      case "signIn":
      case "registerHost":
        this.oneExchange();
        this.pending.push(effect);
        return;
      case "remove":
        if (this.leases.get(effect.leaseId) !== "final") throw new Error("Forgets work that has no final answer.");
        this.disk.delete(effect.leaseId);
        return;
      case "release":
        for (const { leaseId } of effect.keys) {
          if (this.leases.get(leaseId) === "granted") this.leases.set(leaseId, "released");
        }
        this.pending.push(effect);
        return;
      case "end":
        this.ended++;
        return;
      case "setAlarm":
        if (effect.at !== null && effect.at <= this.now) throw new Error("An alarm in the past.");
        return;
      case "pace":
        return;
      case "readOutbox":
      case "openDevice":
      case "store":
      case "extend":
        this.pending.push(effect);
        return;
      default:
        effect satisfies never;
    }
  }

  /** To the next alarm. */
  sleep(): void {
    if (this.state.alarmAt === null) throw new Error("Nothing will ever happen again.");
    this.now = this.state.alarmAt;
    this.send({ kind: "alarm" });
  }

  private oneExchange(): void {
    const talking = this.pending.some((one) => ["submit", "lease", "signIn", "registerHost"].includes(one.kind));
    if (talking) throw new Error("Two exchanges at once.");
    if (this.failedAt === this.now) throw new Error("Asks again at once after a failure.");
  }

  /** Lets something happen. */
  live([which, how, waitMs]: Whim): void {
    this.now += waitMs;
    if (this.state.alarmAt !== null && this.state.alarmAt <= this.now) this.send({ kind: "alarm" });
    else if (which % 8 === 0) this.happen(how);
    else if (this.pending.length > 0 && (this.running === null || which % 3 > 0)) this.answer(which, how);
    else if (this.running !== null) this.compute(this.running, how);
  }

  compute(running: GrantedUnit, how: number): void {
    const { leaseId } = running;
    const aborting = this.state.computing?.aborting === true;
    if (how % 3 === 0 && !aborting) {
      this.send({ kind: "progressed", leaseId, fraction: 0.5, flopsPerSecond: 1e9 });
      return;
    }
    this.running = null;
    // An abort may come too late.
    if (aborting && how % 4 !== 0) this.send({ kind: "computeStopped", leaseId });
    else if (how % 7 === 6) {
      this.send({ kind: how % 2 === 0 ? "dataUnreachable" : "programUnreachable", leaseId, message: "Nothing came." });
    } else {
      const wanted = this.state.held.some((one) => one.unit.leaseId === leaseId);
      if (wanted) this.leases.set(leaseId, "finished");
      if (how % 7 === 5) this.send({ kind: "computeFailed", leaseId, message: "No.", elapsedMs: 1 });
      else this.send({ kind: "computed", leaseId, results: results(running), flopsPerSecond: 1e9 });
    }
  }

  private happen(how: number): void {
    const events: LoopEvent[] = [
      { kind: "pauseAsked" },
      { kind: "resumeAsked" },
      { kind: "resumeAsked" },
      { kind: "surroundingsChanged", surroundings: { online: how % 2 === 0 } },
      { kind: "surroundingsChanged", surroundings: { online: true, visible: true, onBattery: false } },
      { kind: "surroundingsChanged", surroundings: { visible: false, onBattery: how % 2 === 1 } },
      { kind: "choicesChanged", choices: { onlyWhenVisible: how % 2 === 0, intensity: 0.5 } },
      { kind: "choicesChanged", choices: { study: how % 2 === 0 ? "s" : null } },
    ];
    const event = events[how % 9];
    if (event !== undefined) this.send(event);
    else if (this.deviceOpen) {
      this.deviceOpen = false;
      this.send({ kind: "deviceLost", message: "reset" });
    }
  }

  /** Answers one of the effects that wait, well or badly. */
  answer(which: number, how: number): void {
    const [effect] = this.pending.splice(which % this.pending.length, 1);
    if (effect !== undefined) this.send(this.answerTo(effect, how));
  }

  private answerTo(effect: LoopEffect, how: number): LoopEvent {
    switch (effect.kind) {
      case "readOutbox": {
        const entries = Array.from({ length: how % 21 }, (_, at) => unit(`old-${at}`));
        for (const { leaseId } of entries) {
          this.leases.set(leaseId, "finished");
          this.disk.add(leaseId);
        }
        return { kind: "outboxRead", entries: entries.map((one) => ({ ...one, results: results(one) })) };
      }
      case "openDevice":
        if (how % 31 === 5) return { kind: "deviceRefused", message: "No device." };
        this.deviceOpen = true;
        return { kind: "deviceOpened", device: effect.backend === "wasm" ? WASM : WEBGPU };
      case "store": {
        const { leaseId } = effect.entry;
        if (how % 6 === 0) {
          this.unsaved.add(leaseId);
          return { kind: "storeFailed", leaseId, message: "full" };
        }
        this.disk.add(leaseId);
        return { kind: "stored", leaseId };
      }
      case "extend": {
        const { leaseId } = effect.key;
        if (how % 5 === 0) return { kind: "extendFailed", leaseId };
        if (how % 5 > 1) return { kind: "extended", leaseId, reissueInMs: 60_000, refuseInMs: 120_000 };
        if (this.leases.get(leaseId) === "granted") this.leases.set(leaseId, "stale");
        return { kind: "leaseStale", leaseId };
      }
      case "release":
        return { kind: "released" };
      case "signIn":
      case "registerHost":
        if (how % 5 === 0) return unreachable;
        if (how % 101 === 7) return outdated;
        return effect.kind === "signIn" ? { kind: "signedIn" } : { kind: "hostRegistered", hostId: "h" };
      case "lease":
        if (how % 101 === 7) return outdated;
        return how % 6 === 0 ? unreachable : { kind: "leased", answer: this.grant(effect.request.count, how) };
      case "submit": {
        if (how % 6 === 0) return unreachable;
        if (how % 13 === 1) {
          for (const { leaseId } of effect.entries) this.refusals.set(leaseId, (this.refusals.get(leaseId) ?? 0) + 1);
          return { kind: "exchangeFailed", failure: { kind: "refused", message: "No." } };
        }
        if (how % 101 === 7) return outdated;
        const answers = effect.entries.map(({ leaseId }) => this.judge(leaseId, how));
        return {
          kind: "submitted",
          answers,
          leased: effect.lease === null ? null : this.grant(effect.lease.count, how),
        };
      }
      default:
        throw new Error(`Nobody answers ${effect.kind}.`);
    }
  }

  private judge(leaseId: string, how: number): SubmitAnswer {
    if (how % 17 === 2) return { kind: "unauthenticated", leaseId };
    this.leases.set(leaseId, "final");
    if (how % 6 === 4) return { kind: "stale", leaseId };
    if (how % 6 === 5) return { kind: "invalid", leaseId, message: "No." };
    return { kind: "accepted", leaseId, valid: 1, pending: 1 };
  }

  private grant(count: number, how: number): LeaseAnswer {
    if (how % 7 === 1) return { kind: "nothing", retryAfterSeconds: 5, reason: "Nothing." };
    if (how % 23 === 2) return { kind: "unknownHost" };
    if (how % 29 === 3) return { kind: "unauthenticated" };
    const units = Array.from({ length: count }, () => unit(String(this.leases.size)));
    for (const one of units) this.leases.set(one.leaseId, "granted");
    return { kind: "granted", units };
  }
}

const unreachable: LoopEvent = {
  kind: "exchangeFailed",
  failure: { kind: "unreachable", message: "No answer.", retryAfterMs: null },
};

const outdated: LoopEvent = { kind: "exchangeFailed", failure: { kind: "outdated", message: "Reload the page." } };

/** Whether the results of a refused request are now sent one by one, which asks again at once and ends. */
function isSplit({ failure }: Extract<LoopEvent, { kind: "exchangeFailed" }>, { exchange }: LoopState): boolean {
  return failure.kind === "refused" && exchange?.kind === "submit";
}

const whims = fc.array(fc.tuple(fc.nat(1_000), fc.nat(10_000), fc.oneof(fc.nat(50), fc.nat(20_000))), {
  minLength: 60,
  maxLength: 250,
  size: "max",
});

test("whatever happens in whatever order: one computation at a time, no finished work lost, a stop gives all back", () => {
  const seen = { finished: 0, final: 0, released: 0 };
  fc.assert(
    fc.property(whims, fc.option(fc.integer({ min: 1, max: 9 })), (draws, maxUnits) => {
      const world = new World(maxUnits);
      for (const whim of draws) {
        world.live(whim);
        expectBooksToAgree(world);
      }
      world.send({ kind: "stopAsked" });
      // What was last drawn goes on: also the end meets failures.
      for (let step = 0; world.ended === 0 && step < 200; step++) {
        if (world.running !== null) world.compute(world.running, 1);
        else if (world.pending.length > 0) world.answer(0, draws[step % draws.length]?.[1] ?? 3);
        else world.sleep();
      }
      // A grant that was on its way goes back when it comes, also after the end.
      while (world.pending.length > 0) world.answer(0, 3);
      expect(world.ended).toBe(1);
      expect(world.running).toBeNull();
      expectBooksToAgree(world);
      for (const fate of world.leases.values()) {
        expect(fate).not.toBe("granted");
        if (fate === "final") seen.final++;
        if (fate === "released") seen.released++;
      }
      seen.finished += world.state.tally.finishedUnits;
    }),
    { numRuns: 250, seed: 20_260_101 },
  );
  // The worlds were not all dead ends.
  expect(seen.finished).toBeGreaterThan(600);
  expect(seen.final).toBeGreaterThan(300);
  expect(seen.released).toBeGreaterThan(30);
});

/** Every lease is where the world's own books say it is. */
function expectBooksToAgree(world: World): void {
  const waiting = new Set(world.state.outbox.entries.map((entry) => entry.finished.leaseId));
  const held = new Set(world.state.held.map((one) => one.unit.leaseId));
  for (const [leaseId, fate] of world.leases) {
    expect([leaseId, fate, waiting.has(leaseId)]).toEqual([leaseId, fate, fate === "finished"]);
    expect([leaseId, fate, held.has(leaseId)]).toEqual([leaseId, fate, fate === "granted"]);
  }
}
