import { buildModel } from "@widefield/web/chart/build-model";
import { commonSlope } from "@widefield/web/chart/common-slope";
import { bestOverTune, type GroupRow, groupRows } from "@widefield/web/chart/group-row";
import { padded, ticksOf } from "@widefield/web/chart/ticks";
import { formatCount, formatDuration, formatShare, formatValue } from "@widefield/web/format/number";
import { describe, expect, test } from "vitest";

const row = (given: Partial<GroupRow>): GroupRow => ({
  rank: given.mean === undefined ? 1 : given.mean,
  x: 64,
  color: "mup",
  facet: null,
  tune: 1,
  mean: 1,
  low: null,
  high: null,
  count: 3,
  diverged: 0,
  ...given,
});

const loss = {
  name: "loss",
  label: "Loss",
  help: "",
  unit: "",
  direction: "MINIMIZE",
  scale: "LOG",
  perLayer: false,
} as const;

describe("the best over a tuned param", () => {
  test("is the smallest mean for a loss, the largest for an accuracy", () => {
    const rows = [row({ tune: 1, mean: 3 }), row({ tune: 2, mean: 1 }), row({ tune: 4, mean: 2 })];
    expect(bestOverTune(rows, "MINIMIZE").map(({ tune }) => tune)).toEqual([2]);
    expect(bestOverTune(rows, "MAXIMIZE").map(({ tune }) => tune)).toEqual([1]);
  });

  test("is chosen by the rank, not by what is drawn", () => {
    const rows = [row({ tune: 1, mean: 3, rank: 0.1 }), row({ tune: 2, mean: 1, rank: 0.2 })];
    expect(bestOverTune(rows, "MINIMIZE").map(({ tune }) => tune)).toEqual([1]);
  });

  test("prefers a setting where nothing diverged to a better mean of survivors", () => {
    const rows = [row({ tune: 8, mean: 0.1, diverged: 1 }), row({ tune: 1, mean: 0.5 })];
    expect(bestOverTune(rows, "MINIMIZE").map(({ tune }) => tune)).toEqual([1]);
  });

  test("keeps a point where everything diverged, so that it is drawn as such", () => {
    const rows = [row({ tune: 8, mean: null, diverged: 3 }), row({ tune: 9, mean: null, diverged: 3 })];
    expect(bestOverTune(rows, "MINIMIZE")).toHaveLength(1);
  });

  test("is sought apart for every x, colour and facet", () => {
    const rows = [row({ x: 64 }), row({ x: 128 }), row({ color: "sp" }), row({ facet: 2 }), row({ tune: 2, mean: 9 })];
    expect(bestOverTune(rows, "MINIMIZE")).toHaveLength(4);
  });
});

describe("a fitted power of the width", () => {
  const law = (level: string, factor: number, power: number) =>
    [64, 128, 256, 512].map((n) => ({ level, n, value: factor * n ** power }));

  test("is exact on exact powers, whatever the constants of the levels", () => {
    const fit = commonSlope([...law("a", 3, -0.5), ...law("b", 700, -0.5)]);
    expect(fit?.slope).toBeCloseTo(-0.5, 12);
    expect(fit?.error).toBeCloseTo(0, 6);
    expect(fit?.points).toBe(8);
  });

  test("has the standard error of ordinary least squares", () => {
    // numpy: log2 n = 0,1,2,3; log2 value = 0,1,2,4 → slope 1.3, se sqrt(0.3/2/5) = .1732
    const fit = commonSlope([1, 2, 4, 8].map((n, at) => ({ level: "", n, value: 2 ** ([0, 1, 2, 4][at] ?? 0) })));
    expect(fit?.slope).toBeCloseTo(1.3, 10);
    expect(fit?.error).toBeCloseTo(Math.sqrt(0.3 / 2 / 5), 10);
  });

  test("needs two widths in one level, and values above zero", () => {
    expect(commonSlope([])).toBeNull();
    expect(
      commonSlope([
        { level: "a", n: 64, value: 1 },
        { level: "b", n: 128, value: 2 },
      ]),
    ).toBeNull();
    expect(
      commonSlope([
        { level: "a", n: 64, value: 1 },
        { level: "a", n: 128, value: -1 },
      ]),
    ).toBeNull();
  });
});

describe("ticks", () => {
  test.each([
    [64, 1024, "log", [100, 200, 500, 1000]],
    [0.001, 100, "log", [0.001, 0.01, 0.1, 1, 10, 100]],
    [0, 1, "linear", [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0.9, 0.97, "linear", [0.9, 0.92, 0.94, 0.96]],
  ] as const)("from %d to %d (%s)", (low, high, kind, expected) => {
    expect(ticksOf(low, high, kind)).toEqual(expected);
  });

  test("always lie within the padded domain", () => {
    for (const [low, high] of [
      [1e-9, 1e12],
      [3, 3.1],
      [17, 19],
      [0.05, 0.06],
    ] as const) {
      const domain = padded(low, high, "log");
      const ticks = ticksOf(...domain, "log");
      expect(ticks.length).toBeGreaterThan(1);
      for (const tick of ticks) expect(tick > domain[0] * 0.999 && tick < domain[1] * 1.001).toBe(true);
    }
  });
});

describe("a chart", () => {
  const groups = [
    { key: { width: 128, point: "sp" }, count: 2, diverged: 0, mean: 0.5 },
    { key: { width: 64, point: "mup" }, count: 2, diverged: 2, mean: null },
  ].map(({ mean, ...group }) => ({
    ...group,
    statistics: [
      {
        metric: "loss",
        count: mean === null ? 0 : 2,
        mean,
        standardDeviation: null,
        confidenceLow: null,
        confidenceHigh: null,
        min: mean,
        max: mean,
      },
    ],
  }));
  const channels = { x: "width", color: "point", facet: null, tune: null };
  const model = buildModel({
    rows: groupRows(groups, "loss", channels),
    metric: "loss",
    metrics: [loss],
    paramsSchema: { properties: { width: { title: "Width", unit: "neurons" } } },
    channels,
    axes: [
      { param: "point", values: ["mup", "sp", "ntp"] },
      { param: "width", values: [64, 128, 1024] },
    ],
    fixed: {},
    xScale: "auto",
    yScale: "auto",
    palette: "category",
  });

  test("names its lines in the study's order, also those without results, so that colours never change hands", () => {
    expect(model.series.map(({ name }) => name)).toEqual(["μP", "SP", "NTP"]);
    expect(new Set(model.series.map(({ color }) => color)).size).toBe(3);
    expect(new Set(model.series.map(({ symbol }) => symbol)).size).toBe(3);
  });

  test("spans the widths that are asked for, on a log scale, with units", () => {
    expect(model).toMatchObject({
      xScale: "log",
      xDomain: [64, 1024],
      xTicks: [64, 128, 1024],
      xLabel: "Width (neurons)",
    });
  });

  test("keeps what diverged", () => {
    expect(model.marks.filter(({ mean }) => mean === null)).toMatchObject([
      { x: 64, series: "μP", diverged: 2, count: 2 },
    ]);
  });

  test("leads from a mark back to its trials", () => {
    expect(model.marks[0]?.select).toEqual({ width: 128, point: "sp" });
  });
});

test.each([
  [null, "–"],
  [0, "0"],
  [0.123456, "0.1235"],
  [-0.5, "−0.5"],
  [0.00001234, "1.234 × 10⁻⁵"],
  [12_345_678, "1.235 × 10⁷"],
])("%d is written %s", (value, text) => expect(formatValue(value)).toBe(text));

test("a share never claims to be complete before it is", () => {
  expect([0, 0.004, 0.5, 0.9999, 1].map(formatShare)).toEqual(["0 %", "< 1 %", "50 %", "99.9 %", "100 %"]);
  expect(formatCount(12_345)).toBe("12,345");
  expect([850, 12_340, 240_000, 11_160_000].map(formatDuration)).toEqual(["850 ms", "12.3 s", "4 min", "3.1 h"]);
});
