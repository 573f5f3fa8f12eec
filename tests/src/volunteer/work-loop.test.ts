import { statusOf } from "@widefield/volunteer/loop/volunteer-status";
import { describe, expect, test } from "vitest";
import { kinds, playLoop, playUntilComputing, results, unit, WASM, WEBGPU } from "./loop-script.ts";

const A = unit("a");
const B = unit("b");
const C = unit("c");
const accepted = (leaseId: string) => ({ kind: "accepted", leaseId, valid: 1, pending: 1 }) as const;
const granted = (...units: (typeof A)[]) => ({ kind: "granted", units }) as const;
const unreachable = { kind: "unreachable", message: "No answer.", retryAfterMs: null } as const;

describe("the way to the first unit", () => {
  test("the outbox is read and the device opened at once, then the account, the host and one unit are asked for", () => {
    const loop = playLoop();
    expect(kinds(loop.send({ kind: "started" }))).toEqual(["readOutbox", "openDevice"]);
    expect(kinds(loop.send({ kind: "outboxRead", entries: [] }))).toEqual(["signIn"]);
    expect(kinds(loop.send({ kind: "deviceOpened", device: WEBGPU }))).toEqual([]);
    expect(loop.send({ kind: "signedIn" })).toEqual([{ kind: "registerHost", device: WEBGPU }]);
    expect(loop.send({ kind: "hostRegistered", hostId: "host-1" })).toEqual([
      {
        kind: "lease",
        request: { hostId: "host-1", count: 1, targetSeconds: 30, flopsPerSecond: null, study: null, family: null },
      },
    ]);
    expect(loop.send({ kind: "leased", answer: granted(A) })).toEqual([{ kind: "compute", unit: A }]);
  });

  test("work that an earlier run finished is sent before any is asked for", () => {
    const loop = playLoop();
    const entry = { leaseId: "old", token: "t", studySlug: "s", results: results(A) };
    loop.send({ kind: "started" });
    loop.send({ kind: "outboxRead", entries: [entry] });
    expect(loop.send({ kind: "signedIn" })).toEqual([{ kind: "submit", entries: [entry], lease: null }]);
    expect(kinds(loop.send({ kind: "submitted", answers: [accepted("old")], leased: null }))).toEqual(["remove"]);
    expect(kinds(loop.send({ kind: "deviceOpened", device: WEBGPU }))).toEqual(["registerHost"]);
  });

  test("no device at all ends the loop with its reason", () => {
    const loop = playLoop({ backend: "webgpu" });
    loop.send({ kind: "started" });
    loop.send({ kind: "outboxRead", entries: [] });
    loop.send({ kind: "exchangeFailed", failure: unreachable });
    expect(kinds(loop.send({ kind: "deviceRefused", message: "WebGPU offers no adapter." }))).toEqual(["end"]);
    expect(loop.state.ending).toMatchObject({ kind: "noDevice", message: "WebGPU offers no adapter." });
  });
});

describe("unit after unit", () => {
  test("the next unit is fetched while the first is computed, as soon as the speed is known", () => {
    const loop = playUntilComputing();
    const effects = loop.send({ kind: "progressed", leaseId: A.leaseId, fraction: 0.1, flopsPerSecond: 2e9 });
    expect(effects).toMatchObject([{ kind: "lease", request: { count: 1, flopsPerSecond: 2e9 } }]);
    expect(kinds(loop.send({ kind: "leased", answer: granted(B) }))).toEqual([]);
    expect(loop.state.computing?.unit).toEqual(A);
  });

  test("a finished unit is stored, the next begins at once, then one round trip sends results and asks for more", () => {
    const loop = playUntilComputing();
    loop.send({ kind: "progressed", leaseId: A.leaseId, fraction: 0.5, flopsPerSecond: 1e9 });
    loop.send({ kind: "leased", answer: granted(B) });
    const done = { kind: "computed", leaseId: A.leaseId, results: results(A), flopsPerSecond: 1e9 } as const;
    const finished = loop.send(done, 10_000);
    expect(kinds(finished)).toEqual(["store", "compute"]);
    const stored = loop.send({ kind: "stored", leaseId: A.leaseId });
    expect(stored).toMatchObject([
      { kind: "submit", entries: [{ leaseId: A.leaseId, token: A.token }], lease: { count: 1 } },
    ]);
    expect(loop.send({ kind: "submitted", answers: [accepted(A.leaseId)], leased: granted(C) })).toEqual([
      { kind: "remove", leaseId: A.leaseId },
    ]);
    expect(loop.state.held.map((held) => held.unit)).toEqual([B, C]);
    expect(loop.state.tally).toMatchObject({ units: 1, trials: 2, validTrials: 1, pendingTrials: 1 });
  });

  test("short units are held in such number that the device need not wait for the network; long ones are not hoarded", () => {
    for (const [unitMs, count] of [
      [100, 16],
      [1_000, 4],
      [60_000, 2],
    ] as const) {
      const loop = playUntilComputing({}, unit("a", { reissueInMs: 1e6, refuseInMs: 2e6 }));
      const done = { kind: "computed", leaseId: A.leaseId, results: results(A), flopsPerSecond: 1e9 } as const;
      loop.send(done, unitMs);
      expect(loop.send({ kind: "stored", leaseId: A.leaseId })).toMatchObject([{ kind: "submit", lease: { count } }]);
    }
  });

  test("a failed experiment is a result, one for each trial, with its message", () => {
    const loop = playUntilComputing();
    const effects = loop.send({ kind: "computeFailed", leaseId: A.leaseId, message: "Width 9 is odd.", elapsedMs: 8 });
    expect(effects).toMatchObject([
      {
        kind: "store",
        entry: {
          results: [
            { trialId: "a-1", outcome: "FAILED", error: "Width 9 is odd.", elapsedMs: 4 },
            { trialId: "a-2", outcome: "FAILED", error: "Width 9 is odd.", elapsedMs: 4 },
          ],
        },
      },
    ]);
  });

  test("so many units and no more", () => {
    const loop = playUntilComputing({ choices: { maxUnits: 1 } });
    expect(kinds(loop.send({ kind: "progressed", leaseId: A.leaseId, fraction: 0.5, flopsPerSecond: 1e9 }))).toEqual(
      [],
    );
    loop.send({ kind: "computed", leaseId: A.leaseId, results: results(A), flopsPerSecond: 1e9 });
    expect(loop.send({ kind: "stored", leaseId: A.leaseId })).toMatchObject([{ kind: "submit", lease: null }]);
    const effects = loop.send({ kind: "submitted", answers: [accepted(A.leaseId)], leased: null });
    expect(kinds(effects)).toEqual(["remove", "end"]);
    expect(loop.state.ending?.kind).toBe("done");
  });

  test("nothing to do: the reason is shown and the server asked again when it said, not before", () => {
    const loop = playLoop();
    loop.send({ kind: "started" });
    loop.send({ kind: "outboxRead", entries: [] });
    loop.send({ kind: "deviceOpened", device: WEBGPU });
    loop.send({ kind: "signedIn" });
    loop.send({ kind: "hostRegistered", hostId: "h" });
    const answer = { kind: "nothing", retryAfterSeconds: 20, reason: "Every study is finished." } as const;
    expect(loop.send({ kind: "leased", answer })).toEqual([]);
    expect(statusOf(loop.state).notice).toEqual({ kind: "nothingToDo", message: "Every study is finished." });
    expect(loop.state.alarmAt).toBe(loop.now + 22_000);
    expect(kinds(loop.ring())).toEqual(["lease"]);
  });

  test("results on their way ask again, whatever was said before: it costs nothing", () => {
    const loop = playUntilComputing();
    loop.send({ kind: "progressed", leaseId: A.leaseId, fraction: 0.5, flopsPerSecond: 1e9 });
    loop.send({ kind: "leased", answer: { kind: "nothing", retryAfterSeconds: 60, reason: "Others are at it." } });
    expect(statusOf(loop.state).notice).toBeNull();
    loop.send({ kind: "computed", leaseId: A.leaseId, results: results(A), flopsPerSecond: 1e9 });
    const effects = loop.send({ kind: "stored", leaseId: A.leaseId }, 1_000);
    expect(effects).toMatchObject([{ kind: "submit", lease: { hostId: "host-1" } }]);
    const nothing = { kind: "nothing", retryAfterSeconds: 60, reason: "This study is finished." } as const;
    loop.send({ kind: "submitted", answers: [accepted(A.leaseId)], leased: nothing });
    expect(statusOf(loop.state).notice).toEqual({ kind: "nothingToDo", message: "This study is finished." });
  });

  test("another study is asked for at once", () => {
    const loop = playLoop({ choices: { study: "old" } });
    loop.send({ kind: "started" });
    loop.send({ kind: "outboxRead", entries: [] });
    loop.send({ kind: "deviceOpened", device: WEBGPU });
    loop.send({ kind: "signedIn" });
    loop.send({ kind: "hostRegistered", hostId: "h" });
    loop.send({ kind: "leased", answer: { kind: "nothing", retryAfterSeconds: 500, reason: "Finished." } });
    const effects = loop.send({ kind: "choicesChanged", choices: { study: "new" } }, 5);
    expect(effects).toMatchObject([{ kind: "lease", request: { study: "new" } }]);
  });
});

describe("deadlines", () => {
  test("a heartbeat goes out at a third of the deadline, counted from the request, with the progress", () => {
    const loop = playUntilComputing();
    loop.send({ kind: "progressed", leaseId: A.leaseId, fraction: 0.25, flopsPerSecond: 0 });
    const granted = loop.now;
    expect(loop.state.alarmAt).toBe(granted + 20_000);
    expect(loop.ring()).toEqual([{ kind: "extend", key: { leaseId: A.leaseId, token: A.token }, progress: 0.25 }]);
    loop.send({ kind: "extended", leaseId: A.leaseId, reissueInMs: 90_000, refuseInMs: 180_000 }, 4_000);
    // From when the heartbeat left, not from when its answer came.
    expect(loop.state.alarmAt).toBe(granted + 20_000 + 30_000);
  });

  test("a heartbeat that fails is tried again", () => {
    const loop = playUntilComputing();
    loop.ring();
    loop.send({ kind: "extendFailed", leaseId: A.leaseId });
    expect(kinds(loop.ring())).toEqual(["extend"]);
    expect(loop.state.computing?.unit).toEqual(A);
  });

  test("a stale lease: that work is dropped and the next begins", () => {
    const loop = playUntilComputing();
    loop.send({ kind: "progressed", leaseId: A.leaseId, fraction: 0.5, flopsPerSecond: 1e9 });
    loop.send({ kind: "leased", answer: granted(B) });
    expect(kinds(loop.send({ kind: "leaseStale", leaseId: A.leaseId }))).toEqual(["lease", "abortCompute"]);
    expect(loop.send({ kind: "computeStopped", leaseId: A.leaseId })).toEqual([{ kind: "compute", unit: B }]);
    expect(loop.state.tally.staleUnits).toBe(1);
  });

  test("results of a dropped lease that come after all are not sent", () => {
    const loop = playUntilComputing();
    loop.send({ kind: "leaseStale", leaseId: A.leaseId });
    const effects = loop.send({ kind: "computed", leaseId: A.leaseId, results: results(A), flopsPerSecond: 1 });
    expect(kinds(effects)).not.toContain("store");
  });

  test("past its second deadline a unit is dropped without asking", () => {
    const loop = playUntilComputing();
    loop.send({ kind: "surroundingsChanged", surroundings: { online: false } });
    expect(kinds(loop.ring())).toEqual(["abortCompute"]);
    expect(loop.state.held).toEqual([]);
  });
});

describe("an unreachable server", () => {
  test("finished work is kept and sent again, later and later, and never more than a minute later", () => {
    const loop = playUntilComputing({ choices: { maxUnits: 1 } });
    loop.send({ kind: "computed", leaseId: A.leaseId, results: results(A), flopsPerSecond: 1 });
    loop.send({ kind: "stored", leaseId: A.leaseId });
    const waits: number[] = [];
    for (let attempt = 0; attempt < 9; attempt++) {
      loop.send({ kind: "exchangeFailed", failure: unreachable });
      const before = loop.now;
      expect(kinds(loop.ring())).toEqual(["submit"]);
      waits.push(loop.now - before);
    }
    expect(waits).toEqual([750, 1_500, 3_000, 6_000, 12_000, 24_000, 45_000, 45_000, 45_000]);
    expect(loop.state.notice?.kind).toBe("unreachable");
    expect(kinds(loop.send({ kind: "submitted", answers: [accepted(A.leaseId)], leased: null }))).toEqual([
      "remove",
      "end",
    ]);
    expect(loop.state.notice).toBeNull();
  });

  test("a server that names a time is given it", () => {
    const loop = playLoop();
    loop.send({ kind: "started" });
    loop.send({ kind: "outboxRead", entries: [] });
    loop.send({ kind: "exchangeFailed", failure: { ...unreachable, retryAfterMs: 40_000 } });
    expect(loop.state.alarmAt).toBe(loop.now + 40_000);
  });

  test("without a network nothing is sent; with it again everything is, at once", () => {
    const loop = playUntilComputing({ choices: { maxUnits: 1 } });
    loop.send({ kind: "surroundingsChanged", surroundings: { online: false } });
    loop.send({ kind: "computed", leaseId: A.leaseId, results: results(A), flopsPerSecond: 1 });
    expect(kinds(loop.send({ kind: "stored", leaseId: A.leaseId }))).toEqual([]);
    expect(kinds(loop.send({ kind: "surroundingsChanged", surroundings: { online: true } }, 9_000))).toEqual([
      "submit",
    ]);
  });

  test("a lost credential: the account is asked for again, the work is kept", () => {
    const loop = playUntilComputing({ choices: { maxUnits: 1 } });
    loop.send({ kind: "computed", leaseId: A.leaseId, results: results(A), flopsPerSecond: 1 });
    loop.send({ kind: "stored", leaseId: A.leaseId });
    loop.send({ kind: "submitted", answers: [{ kind: "unauthenticated", leaseId: A.leaseId }], leased: null });
    expect(kinds(loop.ring())).toEqual(["signIn"]);
    expect(kinds(loop.send({ kind: "signedIn" }))).toEqual(["submit"]);
  });

  test("a credential that is refused thrice ends the loop, and says so", () => {
    const loop = playLoop();
    loop.send({ kind: "started" });
    loop.send({ kind: "outboxRead", entries: [] });
    loop.send({ kind: "deviceOpened", device: WEBGPU });
    for (let attempt = 0; attempt < 3; attempt++) {
      if (attempt > 0) loop.ring();
      expect(kinds(loop.send({ kind: "signedIn" }))).toEqual(["registerHost"]);
      loop.send({ kind: "leased", answer: { kind: "unauthenticated" } });
    }
    expect(loop.state.ended).toBe(true);
    expect(loop.state.ending?.message).toMatch(/credential/);
  });

  test("a host that the server has forgotten is registered again", () => {
    const loop = playUntilComputing();
    loop.send({ kind: "progressed", leaseId: A.leaseId, fraction: 0.5, flopsPerSecond: 1e9 });
    loop.send({ kind: "leased", answer: { kind: "unknownHost" } });
    expect(kinds(loop.ring())).toEqual(["registerHost"]);
    expect(loop.state.computing?.unit).toEqual(A);
  });

  test("an outdated volunteer gives its units back, sends what is finished, and ends", () => {
    const loop = playUntilComputing();
    loop.send({ kind: "progressed", leaseId: A.leaseId, fraction: 0.5, flopsPerSecond: 1e9 });
    loop.send({ kind: "leased", answer: granted(B) });
    loop.send({ kind: "computed", leaseId: A.leaseId, results: results(A), flopsPerSecond: 1e9 });
    const answer = { kind: "outdated", message: "Reload the page." } as const;
    const effects = loop.send({ kind: "leased", answer });
    expect(kinds(effects)).toEqual(["release", "abortCompute"]);
    expect(kinds(loop.send({ kind: "computeStopped", leaseId: B.leaseId }))).toEqual([]);
    expect(kinds(loop.send({ kind: "stored", leaseId: A.leaseId }))).toEqual(["submit"]);
    loop.send({ kind: "released" });
    const last = loop.send({ kind: "submitted", answers: [accepted(A.leaseId)], leased: null });
    expect(kinds(last)).toEqual(["remove", "end"]);
    expect(loop.state.ending).toMatchObject({ kind: "outdated", message: "Reload the page." });
  });

  test("a server that speaks another version of the API is asked once; the work stays in the outbox", () => {
    const loop = playUntilComputing({ choices: { maxUnits: 1 } });
    loop.send({ kind: "computed", leaseId: A.leaseId, results: results(A), flopsPerSecond: 1 });
    loop.send({ kind: "stored", leaseId: A.leaseId });
    const failure = { kind: "outdated", message: "Reload the page." } as const;
    expect(kinds(loop.send({ kind: "exchangeFailed", failure }))).toEqual(["end"]);
    expect(loop.state.outbox.entries).toMatchObject([{ stage: "stored" }]);
  });

  test("an account that is refused while it ends is asked for once", () => {
    const loop = playUntilComputing();
    loop.send({ kind: "computed", leaseId: A.leaseId, results: results(A), flopsPerSecond: 1 });
    loop.send({ kind: "leased", answer: { kind: "outdated", message: "Reload the page." } });
    loop.send({ kind: "stored", leaseId: A.leaseId });
    loop.send({ kind: "submitted", answers: [{ kind: "unauthenticated", leaseId: A.leaseId }], leased: null });
    expect(loop.state.ended).toBe(true);
    const signedOut = playLoop();
    signedOut.send({ kind: "started" });
    signedOut.send({ kind: "outboxRead", entries: [{ leaseId: "old", token: "t", studySlug: "s", results: [] }] });
    signedOut.send({ kind: "deviceRefused", message: "No device." });
    const refused = { kind: "refused", message: "No new accounts." } as const;
    expect(kinds(signedOut.send({ kind: "exchangeFailed", failure: refused }))).toEqual(["end"]);
  });
});

describe("a result that the server does not take", () => {
  test("stale or invalid: it is final, the entry goes", () => {
    for (const answer of [
      { kind: "stale", leaseId: A.leaseId },
      { kind: "invalid", leaseId: A.leaseId, message: "No such metric." },
    ] as const) {
      const loop = playUntilComputing({ choices: { maxUnits: 1 } });
      loop.send({ kind: "computed", leaseId: A.leaseId, results: results(A), flopsPerSecond: 1 });
      loop.send({ kind: "stored", leaseId: A.leaseId });
      expect(kinds(loop.send({ kind: "submitted", answers: [answer], leased: null }))).toEqual(["remove", "end"]);
    }
  });

  test("a request that is refused is sent again one by one; the entry at fault is kept for the next start", () => {
    const refused = { kind: "refused", message: "Too large." } as const;
    const loop = playLoop({ choices: { maxUnits: 0 } });
    loop.send({ kind: "started" });
    const [bad, good] = ["bad", "good"].map((leaseId) => ({ leaseId, token: "t", studySlug: "s", results: [] }));
    if (bad === undefined || good === undefined) throw new Error("Two entries.");
    loop.send({ kind: "outboxRead", entries: [bad, good] });
    expect(loop.send({ kind: "signedIn" })).toMatchObject([{ kind: "submit", entries: [bad, good] }]);
    const alone = loop.send({ kind: "exchangeFailed", failure: refused });
    expect(alone).toEqual([{ kind: "submit", entries: [bad], lease: null }]);
    const rest = loop.send({ kind: "exchangeFailed", failure: refused });
    expect(rest).toMatchObject([{ kind: "submit", entries: [good] }]);
    const effects = loop.send({ kind: "submitted", answers: [accepted("good")], leased: null });
    expect(effects.filter((effect) => effect.kind === "remove")).toEqual([{ kind: "remove", leaseId: "good" }]);
    expect(loop.state.notice).toMatchObject({ kind: "resultRefused" });
  });

  test("a refused request is remembered until what was in it is through, no longer", () => {
    const loop = playLoop();
    loop.send({ kind: "started" });
    const entries = ["old-1", "old-2"].map((leaseId) => ({ leaseId, token: "t", studySlug: "s", results: [] }));
    loop.send({ kind: "outboxRead", entries });
    loop.send({ kind: "signedIn" });
    loop.send({ kind: "exchangeFailed", failure: { kind: "refused", message: "Too large together." } });
    const second = loop.send({ kind: "submitted", answers: [accepted("old-1")], leased: null });
    expect(second).toContainEqual({ kind: "submit", entries: entries.slice(1), lease: null });
    loop.send({ kind: "submitted", answers: [accepted("old-2")], leased: null });
    loop.send({ kind: "deviceOpened", device: WEBGPU });
    loop.send({ kind: "hostRegistered", hostId: "h" });
    loop.send({ kind: "leased", answer: granted(A) });
    loop.send({ kind: "computed", leaseId: A.leaseId, results: results(A), flopsPerSecond: 1e9 }, 5_000);
    // As before the refusal: results and the wish for more in one.
    const next = loop.send({ kind: "stored", leaseId: A.leaseId });
    expect(next).toMatchObject([{ kind: "submit", lease: { hostId: "h" } }]);
  });

  test("a full disk: the work is sent from memory, and no more is taken on until then", () => {
    const loop = playUntilComputing();
    loop.send({ kind: "computed", leaseId: A.leaseId, results: results(A), flopsPerSecond: 1e9 });
    const effects = loop.send({ kind: "storeFailed", leaseId: A.leaseId, message: "no space left" });
    expect(effects).toMatchObject([{ kind: "submit", lease: null }]);
    const words = { kind: "diskFull", message: expect.stringContaining("no space left") };
    expect(statusOf(loop.state).notice).toMatchObject(words);
    loop.send({ kind: "submitted", answers: [accepted(A.leaseId)], leased: null });
    expect(statusOf(loop.state).notice).toBeNull();
  });

  test("a full disk and no server: the disk is tried again with every request that comes to nothing", () => {
    const loop = playUntilComputing();
    loop.send({ kind: "computed", leaseId: A.leaseId, results: results(A), flopsPerSecond: 1e9 });
    loop.send({ kind: "storeFailed", leaseId: A.leaseId, message: "no space left" });
    expect(kinds(loop.send({ kind: "exchangeFailed", failure: unreachable }))).toEqual(["store"]);
    expect(loop.send({ kind: "storeFailed", leaseId: A.leaseId, message: "no space left" })).toEqual([]);
    expect(kinds(loop.ring())).toEqual(["submit"]);
    expect(kinds(loop.send({ kind: "exchangeFailed", failure: unreachable }))).toEqual(["store"]);
    // Somebody has made room.
    loop.send({ kind: "stored", leaseId: A.leaseId });
    expect(loop.state.outbox.entries).toMatchObject([{ stage: "stored", onDisk: true }]);
    expect(statusOf(loop.state).notice).toMatchObject({ kind: "unreachable" });
  });
});

describe("pause and stop", () => {
  test("a pause suspends the run and keeps it; two minutes later the unit goes back", () => {
    const loop = playUntilComputing();
    expect(loop.send({ kind: "pauseAsked" })).toEqual([{ kind: "pace", intensity: 1, suspended: true }]);
    expect(loop.send({ kind: "resumeAsked" }, 1_000)).toEqual([{ kind: "pace", intensity: 1, suspended: false }]);
    loop.send({ kind: "pauseAsked" });
    const effects: string[] = [];
    while (loop.state.held.length > 0) {
      effects.push(...kinds(loop.ring()));
      loop.send({ kind: "extended", leaseId: A.leaseId, reissueInMs: 60_000, refuseInMs: 120_000 });
    }
    expect(effects.at(-2)).toBe("release");
    expect(effects.at(-1)).toBe("abortCompute");
    expect(effects.filter((kind) => kind === "extend").length).toBeGreaterThan(2);
  });

  test("hidden and on battery pause only those who chose so", () => {
    const hidden = { kind: "surroundingsChanged", surroundings: { visible: false } } as const;
    const battery = { kind: "surroundingsChanged", surroundings: { onBattery: true } } as const;
    const careless = playUntilComputing({ choices: { onlyWhenVisible: false, pauseOnBattery: false } });
    expect([careless.send(hidden), careless.send(battery)]).toEqual([[], []]);
    const careful = playUntilComputing({ choices: { onlyWhenVisible: true, pauseOnBattery: true } });
    expect(kinds(careful.send(hidden))).toEqual(["pace"]);
    expect(careful.send(battery)).toEqual([]);
    expect(careful.send({ kind: "surroundingsChanged", surroundings: { visible: true } })).toEqual([]);
    const plugged = careful.send({ kind: "surroundingsChanged", surroundings: { onBattery: false } });
    expect(plugged).toEqual([{ kind: "pace", intensity: 1, suspended: false }]);
  });

  test("intensity changes the pace of the run under way, and the size of the next unit", () => {
    const loop = playUntilComputing();
    expect(loop.send({ kind: "choicesChanged", choices: { intensity: 0.2 } })).toEqual([
      { kind: "pace", intensity: 0.2, suspended: false },
    ]);
    const effects = loop.send({ kind: "progressed", leaseId: A.leaseId, fraction: 0.1, flopsPerSecond: 1e9 });
    expect(effects).toMatchObject([{ kind: "lease", request: { targetSeconds: 6 } }]);
  });

  test("a stop aborts at once, gives every lease back, and ends when both are done", () => {
    const loop = playUntilComputing();
    loop.send({ kind: "progressed", leaseId: A.leaseId, fraction: 0.5, flopsPerSecond: 1e9 });
    loop.send({ kind: "leased", answer: granted(B) });
    expect(loop.send({ kind: "stopAsked" })).toEqual([
      {
        kind: "release",
        keys: [
          { leaseId: A.leaseId, token: A.token },
          { leaseId: B.leaseId, token: B.token },
        ],
      },
      { kind: "abortCompute" },
    ]);
    expect(kinds(loop.send({ kind: "computeStopped", leaseId: A.leaseId }))).toEqual([]);
    expect(kinds(loop.send({ kind: "released" }))).toEqual(["end"]);
  });

  test("units that arrive after the stop go back too", () => {
    const loop = playUntilComputing();
    loop.send({ kind: "progressed", leaseId: A.leaseId, fraction: 0.5, flopsPerSecond: 1e9 });
    loop.send({ kind: "stopAsked" });
    loop.send({ kind: "computeStopped", leaseId: A.leaseId });
    loop.send({ kind: "released" });
    expect(loop.state.ended).toBe(false);
    expect(loop.send({ kind: "leased", answer: granted(B) })).toEqual([
      { kind: "release", keys: [{ leaseId: B.leaseId, token: B.token }] },
    ]);
    expect(kinds(loop.send({ kind: "released" }))).toEqual(["end"]);
  });

  test("a server that is silent holds a stop up for five seconds at most", () => {
    const loop = playUntilComputing();
    const asked = loop.now;
    loop.send({ kind: "stopAsked" });
    loop.send({ kind: "computeStopped", leaseId: A.leaseId });
    expect(kinds(loop.ring())).toEqual(["end"]);
    expect(loop.now - asked).toBe(5_000);
  });

  test("a device that hangs holds a stop up for ten seconds at most", () => {
    const loop = playUntilComputing();
    loop.send({ kind: "stopAsked" });
    const asked = loop.now;
    loop.send({ kind: "released" });
    while (!loop.state.ended) loop.ring();
    expect(loop.now - asked).toBe(10_000);
    // Closing the device ends the run after all; nothing follows from it.
    expect(loop.send({ kind: "computeStopped", leaseId: A.leaseId })).toEqual([]);
  });

  test("a disk that hangs holds a stop up for ten seconds at most", () => {
    const loop = playUntilComputing();
    loop.send({ kind: "computed", leaseId: A.leaseId, results: results(A), flopsPerSecond: 1 });
    loop.send({ kind: "exchangeFailed", failure: unreachable });
    loop.send({ kind: "stopAsked" });
    const asked = loop.now;
    while (!loop.state.ended) loop.ring();
    expect(loop.now - asked).toBe(10_000);
  });

  test("a stop right after a unit is finished still saves and sends it", () => {
    const loop = playUntilComputing({ choices: { maxUnits: 1 } });
    loop.send({ kind: "computed", leaseId: A.leaseId, results: results(A), flopsPerSecond: 1 });
    expect(kinds(loop.send({ kind: "stopAsked" }))).toEqual([]);
    expect(kinds(loop.send({ kind: "stored", leaseId: A.leaseId }))).toEqual(["submit"]);
    expect(kinds(loop.send({ kind: "exchangeFailed", failure: unreachable }))).toEqual(["end"]);
    expect(loop.state.outbox.entries).toHaveLength(1);
  });
});

describe("the device", () => {
  test("is opened again after a loss, and the unit begun anew on the same lease", () => {
    const loop = playUntilComputing();
    expect(kinds(loop.send({ kind: "deviceLost", message: "driver reset" }))).toEqual(["abortCompute"]);
    expect(loop.state.notice?.kind).toBe("deviceLost");
    expect(loop.send({ kind: "computeStopped", leaseId: A.leaseId })).toEqual([
      { kind: "openDevice", backend: "auto" },
    ]);
    expect(loop.send({ kind: "deviceOpened", device: WEBGPU })).toEqual([{ kind: "compute", unit: A }]);
    expect(loop.state.notice?.message).toMatch(/opened again/);
    loop.send({ kind: "computed", leaseId: A.leaseId, results: results(A), flopsPerSecond: 1 });
    expect(loop.state.notice).toBeNull();
  });

  test("is given up after three losses: the units go back and the processor goes on as a host of its own", () => {
    const loop = playUntilComputing();
    for (let loss = 1; loss <= 3; loss++) {
      const effects = loop.send({ kind: "deviceLost", message: "driver reset" }, 1_000);
      expect(kinds(effects)).toEqual(loss < 3 ? ["abortCompute"] : ["release", "abortCompute"].slice(-2));
      const next = loop.send({ kind: "computeStopped", leaseId: A.leaseId });
      expect(next).toEqual([{ kind: "openDevice", backend: loss < 3 ? "auto" : "wasm" }]);
      if (loss < 3) loop.send({ kind: "deviceOpened", device: WEBGPU });
    }
    expect(kinds(loop.send({ kind: "deviceOpened", device: WASM }))).toEqual(["registerHost"]);
    expect(statusOf(loop.state).device?.fallback).toMatch(/lost again and again/);
  });

  test("is the processor when the GPU does not come back: the units go back, for they are another host's", () => {
    const loop = playUntilComputing();
    loop.send({ kind: "deviceLost", message: "driver reset" });
    loop.send({ kind: "computeStopped", leaseId: A.leaseId });
    const effects = loop.send({ kind: "deviceOpened", device: { ...WASM, fallback: "WebGPU offers no adapter." } });
    expect(effects).toEqual([
      { kind: "release", keys: [{ leaseId: A.leaseId, token: A.token }] },
      { kind: "registerHost", device: { ...WASM, fallback: "WebGPU offers no adapter." } },
    ]);
  });

  test("three losses end a volunteer that was asked for WebGPU and nothing else", () => {
    const loop = playUntilComputing({ backend: "webgpu" });
    for (let loss = 1; loss <= 3; loss++) {
      loop.send({ kind: "deviceLost", message: "driver reset" }, 1_000);
      loop.send({ kind: "computeStopped", leaseId: A.leaseId });
      if (loss < 3) loop.send({ kind: "deviceOpened", device: WEBGPU });
    }
    expect(loop.state.ending?.kind).toBe("noDevice");
  });

  test("code that does not load is tried again for half a minute; then the page is out of date, and the unit goes back", () => {
    const loop = playUntilComputing();
    const began = loop.now;
    const gone = { kind: "programUnreachable", leaseId: A.leaseId, message: "404" } as const;
    for (let attempt = 1; attempt <= 5; attempt++) {
      expect(kinds(loop.send(gone))).not.toContain("store");
      expect(loop.state.notice).toMatchObject({ kind: "unreachable", message: expect.stringContaining("404") });
      while (loop.state.computing === null) loop.ring();
    }
    expect(loop.now - began).toBeGreaterThan(20_000);
    expect(kinds(loop.send(gone))).toEqual(["release"]);
    expect(loop.state.ending).toMatchObject({ kind: "outdated", message: expect.stringContaining("reload the page") });
    expect(loop.state.tally.failedUnits).toBe(0);
  });

  test("code that does not load while there is no network says nothing of the page", () => {
    const loop = playUntilComputing({}, unit("a", { reissueInMs: 1e7, refuseInMs: 2e7 }));
    loop.send({ kind: "surroundingsChanged", surroundings: { online: false } });
    for (let attempt = 1; attempt <= 20; attempt++) {
      loop.send({ kind: "programUnreachable", leaseId: A.leaseId, message: "no network" });
      while (loop.state.computing === null) loop.ring();
    }
    loop.send({ kind: "surroundingsChanged", surroundings: { online: true } });
    loop.send({ kind: "programUnreachable", leaseId: A.leaseId, message: "a blip" });
    expect(loop.state.ending).toBeNull();
    expect(loop.state.held).toHaveLength(1);
  });

  test("a unit whose data does not come waits and is given back in the end", () => {
    const loop = playUntilComputing();
    const effects: string[] = [];
    for (let attempt = 1; attempt <= 4; attempt++) {
      if (loop.state.computing === null) loop.ring();
      loop.send({ kind: "dataUnreachable", leaseId: A.leaseId, message: "mnist: no answer" });
      effects.push(loop.state.held.length === 1 ? "kept" : "given back");
    }
    expect(effects).toEqual(["kept", "kept", "kept", "given back"]);
  });
});
