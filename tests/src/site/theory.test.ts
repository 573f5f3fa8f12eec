import { predictedExponent } from "@widefield/web/study/predicted-exponent";
import { slopeOver } from "@widefield/web/study/slope-over";
import { theoryCases } from "@widefield/web/study/theory-case";
import { theoryGrouping } from "@widefield/web/study/theory-grouping";
import { describe, expect, test } from "vitest";

/** As the theory of the MLP says of UP_s: features move as n^-s. */
const said = (key: Readonly<Record<string, unknown>>, power: number, more: object = {}) => ({
  key,
  theory: {
    verdict: power === 0 ? "feature" : "kernel",
    summary: power === 0 ? "moves" : "does not move",
    assumptions: "tanh",
    exponents: { "featureMovement.1": power },
    detail: { inequalities: [{ text: "r ≥ 0", value: -power, holds: true, needs: "stable" }] },
    ...more,
  },
});

const paramsSchema = {
  properties: { s: { title: "s of UP_s" }, depth: { title: "Depth" }, optimizer: { title: "Optimizer" } },
};
const axes = [
  { param: "point", values: ["mup", "up"] },
  { param: "s", values: [0, 0.25, 0.5] },
  { param: "width", values: [8, 16, 32] },
  { param: "learningRate", values: [0.5, 1] },
  { param: "seed", values: [0, 1] },
];
const places = { paramsSchema, axes };
const byPoint = { apart: "point", color: "point" };
const sweep = [
  ...[0, 0.25, 0.5].map((s) => said({ point: "mup", s }, 0)),
  ...[0, 0.25, 0.5].map((s) => said({ point: "up", s }, 0 - s)),
];
const names = (theory: Parameters<typeof theoryCases>[0], by = byPoint) =>
  theoryCases(theory, by, places).map(({ name }) => name);

describe("theory is asked", () => {
  const view = { x: "width", y: "loss", color: "point", tune: "learningRate" };

  test("apart for every axis but those of which it speaks at once, and for the parametrization also where it is fixed", () => {
    expect(theoryGrouping(axes, view)).toEqual(["point", "s"]);
    expect(theoryGrouping([{ param: "depth", values: [1, 2] }], view)).toEqual(["point", "depth"]);
    expect(theoryGrouping(axes, null)).toEqual([]);
  });

  test("by no more params than the API takes", () => {
    const many = Array.from({ length: 12 }, (_, at) => ({ param: `p${at}`, values: [1, 2] }));
    expect(theoryGrouping(many, view)).toHaveLength(8);
  });
});

describe("cases of theory", () => {
  test("are one where it says the same, and several where it does not, named by what differs", () => {
    expect(names(sweep)).toEqual(["μP", "UP_s, s of UP_s 0", "UP_s, s of UP_s 0.25", "UP_s, s of UP_s 0.5"]);
    const [mup, up] = theoryCases(sweep, byPoint, places);
    expect(mup?.keys).toEqual([0, 0.25, 0.5].map((s) => ({ point: "mup", s })));
    expect(mup?.style).not.toEqual(up?.style);
  });

  test("differ by verdict, sentence, assumptions, exponents and conditions, and by nothing else", () => {
    const pair = (more: object) => [said({ point: "up", s: 0 }, 0), said({ point: "up", s: 1 }, 0, more)];
    expect(names(pair({ detail: { inequalities: said({}, 0).theory.detail.inequalities, r: 7 } }))).toEqual(["UP_s"]);
    for (const more of [
      { verdict: "trivial" },
      { summary: "else" },
      { assumptions: "relu" },
      { exponents: { "featureMovement.1": 0, "featureMovement.2": 0 } },
      { detail: null },
    ]) {
      expect(names(pair(more))).toEqual(["s of UP_s 0", "s of UP_s 1"]);
    }
  });

  test("list values that stand for one another, a few in full", () => {
    const theory = [0, 0.1, 0.2, 0.3, 0.4].map((s) => said({ point: "up", s }, s < 0.15 ? 0 : -1));
    expect(names(theory)).toEqual(["s of UP_s 0 or 0.1", "s of UP_s 0.2 or 0.3 or 0.4"]);
    const more = [...theory, said({ point: "up", s: 0.5 }, -1)];
    expect(names(more)[1]).toBe("s of UP_s (4 values)");
  });

  test("list their groups where single values would describe others too", () => {
    const corner = [1, 2].flatMap((depth) =>
      ["sgd", "adam"].map((optimizer) =>
        said({ point: "mup", depth, optimizer }, depth === 2 && optimizer === "adam" ? -1 : 0),
      ),
    );
    expect(names(corner)).toEqual([
      "Depth 1, optimizer sgd; Depth 1, optimizer adam; Depth 2, optimizer sgd",
      "Depth 2, optimizer adam",
    ]);
  });

  test("look as the lines of the chart do, and like none where a chart draws other lines or several of theirs", () => {
    const looks = (color: string | null) => theoryCases(sweep, { apart: "point", color }, places);
    expect(looks("width").map(({ style }) => style)).toEqual([null, null, null, null]);
    expect(looks(null).map(({ style }) => style)).toEqual([null, null, null, null]);
    const [mup, ...ups] = looks("s");
    expect(mup?.style).toBeNull();
    expect(new Set(ups.map(({ style }) => style?.color)).size).toBe(3);
  });

  test("are all trials where nothing differs", () => {
    expect(names([said({}, 0)])).toEqual(["All trials"]);
    expect(names([said({ point: "up", s: 0 }, 0), said({ point: "up", s: 1 }, 0)])).toEqual(["UP_s"]);
    expect(names([said({ depth: 1 }, 0), said({ depth: 2 }, -1)])).toEqual(["Depth 1", "Depth 2"]);
  });
});

describe("the slope that a chart draws", () => {
  const predicted = (params: Readonly<Record<string, unknown>>) =>
    predictedExponent(sweep, params, "featureMovement.1");

  test("is that of the trials of the line", () => {
    expect(predicted({ point: "mup" })).toBe(0);
    expect(predicted({ point: "up", s: 0.5 })).toBe(-0.5);
    expect(predicted({ point: "mup", learningRate: 1, seed: 3 })).toBe(0);
  });

  test("is none where they have several, or none", () => {
    expect(predicted({ point: "up" })).toBeNull();
    expect(predicted({})).toBeNull();
    expect(predicted({ point: "ntp" })).toBeNull();
    expect(predictedExponent(sweep, { point: "mup" }, "loss")).toBeNull();
  });
});

test("a case is measured over its own groups of trials alone", () => {
  const groups = [0, 0.25, 0.5].flatMap((s) =>
    [8, 16, 32].map((width) => ({
      key: { s, width },
      count: 1,
      diverged: 0,
      statistics: [
        {
          metric: "movement",
          count: 1,
          mean: (1 + s) * width ** -s,
          standardDeviation: null,
          confidenceLow: null,
          confidenceHigh: null,
          min: null,
          max: null,
        },
      ],
    })),
  );
  const slope = (...values: number[]) =>
    slopeOver(groups, {
      keys: values.map((s) => ({ point: "up", s })),
      metric: "movement",
      params: ["s", "width"],
      width: "width",
    });
  expect(slope(0.5)?.slope).toBeCloseTo(-0.5, 10);
  expect(slope(0.25, 0.5)?.slope).toBeCloseTo(-0.375, 10);
  expect(slope(0.25, 0.5)?.points).toBe(6);
  expect(slope(7)).toBeNull();
});
