import type { UnitProgress, VolunteerStatus } from "@widefield/volunteer/browser";
import { browserEngine } from "@widefield/volunteer/browser/browser-engine";
import { DEFAULT_CHOICES } from "@widefield/volunteer/loop/choices";
import { initialState } from "@widefield/volunteer/loop/loop-state";
import { statusOf } from "@widefield/volunteer/loop/volunteer-status";
import { speedOf } from "@widefield/web/host/host-words";
import { layOutCurve } from "@widefield/web/volunteer/curve-model";
import { deviceWords, statusWords } from "@widefield/web/volunteer/status-words";
import { IDLE, nextView, type VolunteerView } from "@widefield/web/volunteer/volunteer-view";
import { choiceAddress, choiceOf, choiceValue } from "@widefield/web/volunteer/work-choice";
import { describe, expect, test } from "vitest";
import { WASM, WEBGPU } from "./loop-script.ts";

const idle = statusOf(initialState());

function computing(leaseId: string, changes: Partial<VolunteerStatus> = {}): VolunteerStatus {
  const unit = { leaseId, experiment: "e@1", studySlug: "s", studyTitle: "S", trials: 2, flops: 1 };
  return { ...idle, activity: "computing", unit, ...changes };
}

function reading(leaseId: string, step: number, latest: (number | null)[]): UnitProgress {
  return { leaseId, studySlug: "s", fraction: step / 10, step, steps: 10, flopsPerSecond: 1, latest };
}

function play(...events: Parameters<typeof nextView>[1][]): VolunteerView {
  return events.reduce(nextView, { ...IDLE, phase: "loading" });
}

describe("the view", () => {
  test("gathers a curve for each trial, a point where a reading changes", () => {
    const view = play(
      { kind: "status", status: computing("a") },
      { kind: "progress", progress: reading("a", 0, [1, 2]) },
      { kind: "progress", progress: reading("a", 3, [1, 2]) },
      { kind: "progress", progress: reading("a", 5, [0.5, null]) },
    );
    expect(view.curve).toEqual({
      leaseId: "a",
      studySlug: "s",
      experiment: "e@1",
      steps: 10,
      lines: [
        [
          { step: 0, value: 1 },
          { step: 5, value: 0.5 },
        ],
        [{ step: 0, value: 2 }],
      ],
    });
  });

  test("keeps the last curve until the next unit has a reading, and forgets its progress at once", () => {
    const done = play(
      { kind: "status", status: computing("a") },
      { kind: "progress", progress: reading("a", 3, [1]) },
      { kind: "status", status: computing("b") },
      { kind: "progress", progress: reading("b", 0, [null]) },
    );
    expect(done.curve?.leaseId).toBe("a");
    expect(done.progress?.leaseId).toBe("b");
    expect(nextView(done, { kind: "progress", progress: reading("b", 1, [7]) }).curve?.lines).toEqual([
      [{ step: 1, value: 7 }],
    ]);
    const between = nextView(done, { kind: "status", status: idle });
    expect(between.unit?.leaseId).toBe("b");
    const waiting = { ...idle, notice: { kind: "nothingToDo", message: "" } } as const;
    expect(nextView(between, { kind: "status", status: waiting }).unit).toBeNull();
  });

  test("says why it ended", () => {
    const stopped = play(
      { kind: "status", status: idle },
      { kind: "ended", ending: { kind: "asked", message: "Stopped." } },
    );
    expect(stopped).toMatchObject({ phase: "ended", end: { kind: "asked" } });
    expect(play({ kind: "otherTab" }).end?.kind).toBe("otherTab");
    expect(play({ kind: "brokeDown", message: "404" }).end).toEqual({ kind: "brokeDown", message: "404" });
  });
});

describe("words", () => {
  test("for what is going on", () => {
    const words = (changes: Partial<VolunteerStatus>) =>
      statusWords({ ...IDLE, phase: "running", status: { ...idle, ...changes } });
    expect(statusWords(IDLE)).toBe("Not computing");
    expect(words({ activity: "computing" })).toBe("Computing");
    expect(words({ activity: "paused", pausedBy: "battery" })).toBe("Paused while on battery");
    expect(words({ activity: "waiting", notice: { kind: "nothingToDo", message: "" } })).toBe("Waiting for work");
    expect(words({ activity: "waiting", notice: null })).toBe("Asking for work");
  });

  test("for devices and speeds", () => {
    expect([deviceWords(WEBGPU), deviceWords(WASM)]).toEqual([
      "WebGPU on Acme 9",
      "This machine’s processor (WebAssembly)",
    ]);
    expect([0, 950, 99.6e9, 2.14e9, 4.56e14].map(speedOf)).toEqual([
      "–",
      "950 FLOP/s",
      "99.6 GFLOP/s",
      "2.14 GFLOP/s",
      "456 TFLOP/s",
    ]);
  });

  test("for browsers", () => {
    const agents = [
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36",
      "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0",
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
      "curl/8",
    ];
    expect(agents.map(browserEngine)).toEqual(["chromium-156", "firefox-150", "safari-26", "browser"]);
  });
});

test("a choice of work survives the address and the select", () => {
  const choices = [
    { study: null, family: null },
    { study: "a:b", family: null },
    { study: null, family: "tiny-nets" },
  ];
  for (const choice of choices) expect(choiceOf(choiceValue(choice))).toEqual(choice);
  expect(choices.map(choiceAddress)).toEqual(["/volunteer", "/volunteer?study=a%3Ab", "/volunteer?family=tiny-nets"]);
  expect(DEFAULT_CHOICES).toMatchObject({ study: null, family: null });
});

describe("the live curve", () => {
  const frame = { left: 0, right: 100, top: 0, bottom: 50 };
  const line = (...values: number[]) => values.map((value, at) => ({ step: at * 10, value }));

  test("spans the steps from left to right, and falls when the loss falls", () => {
    const model = layOutCurve([line(1, 0.1, 0.01)], 20, "LOG", frame);
    expect(model?.scale).toBe("log");
    const points = [...(model?.paths[0] ?? "").matchAll(/([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    expect(points.map(([x]) => x)).toEqual([0, 50, 100]);
    const ys = points.map(([, y]) => y ?? 0);
    expect(ys).toEqual([...ys].sort((a, b) => a - b));
    // Equal ratios are equal distances.
    expect((ys[1] ?? 0) - (ys[0] ?? 0)).toBeCloseTo((ys[2] ?? 0) - (ys[1] ?? 0), 0);
    expect(model?.tips).toEqual([{ x: 100, y: ys[2] }]);
  });

  test("is linear when a value is not positive, and names few ticks whatever the range", () => {
    expect(layOutCurve([line(1, -1)], 10, "LOG", frame)?.scale).toBe("linear");
    for (const values of [
      [1, 1],
      [1, 1e-12],
      [3, 2.9],
      [-5e6, 4e7],
      [0, 0],
    ]) {
      const model = layOutCurve([line(...values)], 10, "LOG", frame);
      const ticks = model?.yTicks ?? [];
      expect(ticks.length, String(values)).toBeGreaterThanOrEqual(1);
      expect(ticks.length, String(values)).toBeLessThanOrEqual(9);
      expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
      for (const { y } of ticks) expect(y >= frame.top && y <= frame.bottom).toBe(true);
    }
  });

  test("has ticks like every other chart's: a power of ten stands alone", () => {
    const labels = layOutCurve([line(1, 1e-6)], 10, "LOG", frame)?.yTicks.map(({ label }) => label);
    expect(labels).toContain("10⁻⁵");
  });

  test("is nothing before the first reading", () => {
    expect(layOutCurve([[], []], 10, "LOG", frame)).toBeNull();
  });
});
