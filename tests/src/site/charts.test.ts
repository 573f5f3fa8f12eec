import { buildModel } from "@widefield/web/chart/build-model";
import { allDiverged, isSelected } from "@widefield/web/chart/chart-model";
import { commonSlope } from "@widefield/web/chart/common-slope";
import { bestOverTune, type GroupRow, groupRows } from "@widefield/web/chart/group-row";
import { endsInWords, ladderEnd } from "@widefield/web/chart/ladder";
import { padded, ticksOf } from "@widefield/web/chart/ticks";
import { runsOff, valueDomain } from "@widefield/web/chart/value-domain";
import { valueStyles } from "@widefield/web/chart/value-style";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatFlops,
  formatParam,
  formatShare,
  formatTick,
  formatValue,
} from "@widefield/web/format/number";
import { staticSeries } from "@widefield/web/home/hero-figure";
import { type CurveResult, curveLines, nameResults } from "@widefield/web/study/curve-lines";
import { endedLines } from "@widefield/web/study/ended-lines";
import { theoryCases } from "@widefield/web/study/theory-case";
import { tunedLadder } from "@widefield/web/study/tuned-ladder";
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
  tried: 1,
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

describe("what a best over a ladder leaves open", () => {
  const axes = [
    { param: "width", values: [64, 1024] },
    { param: "point", values: ["mup", "sp"] },
    { param: "rate", values: [1, 2, 4] },
  ];
  const paramsSchema = { properties: { rate: { title: "Learning rate" }, width: { title: "Width" } } };
  const rows = [
    row({ tune: 1, mean: 3 }),
    row({ tune: 2, mean: 1 }),
    row({ tune: 4, mean: null, diverged: 3 }),
    row({ x: 1024, tune: 1, mean: 2 }),
    row({ x: 1024, tune: 2, mean: 3 }),
  ];
  const request = {
    metric: "loss",
    metrics: [loss],
    paramsSchema,
    axes,
    fixed: {},
    xScale: "auto",
    yScale: "auto",
  } as const;
  const tuned = (finished: boolean) =>
    buildModel({
      ...request,
      rows: bestOverTune(rows, "MINIMIZE"),
      channels: { x: "width", color: "point", facet: null, tune: "rate" },
      ladder: { values: [1, 2, 4], finished },
    });
  const along = buildModel({
    ...request,
    rows: rows.map((one) => ({ ...one, x: one.tune, color: one.x, facet: one.color, tune: null })),
    channels: { x: "rate", color: "width", facet: "point", tune: null },
    ladder: { values: [1, 2, 4], finished: false },
    ringBest: true,
  });

  test("is said of a mark whose ladder has values missing, until no more will come", () => {
    expect(tuned(false).marks.map(({ x, unfinished, end }) => [x, unfinished, end])).toEqual([
      [64, null, null],
      [1024, "2 of 3 values so far", "smallest"],
    ]);
    expect(tuned(true).marks.map(({ unfinished }) => unfinished)).toEqual([null, null]);
    expect(tuned(false).tuned).toBe("learning rate");
  });

  test("is said of the ringed mark of a line, and of no other", () => {
    expect(along.marks.filter(({ best }) => best).map(({ x, unfinished, end }) => [x, unfinished, end])).toEqual([
      [1, "2 of 3 values so far", "smallest"],
      [2, null, null],
    ]);
    expect(along.marks.filter(({ best, unfinished, end }) => !best && (unfinished ?? end) !== null)).toEqual([]);
  });

  test("is said of lines in words, shortened when they are many", () => {
    const title = (param: string) => (param === "width" ? "Width" : param);
    const lines = endedLines(along.marks, { x: "width", color: "point" }, title);
    expect(lines).toEqual([{ line: "μP at width 1024", end: "smallest" }]);
    expect(endsInWords(lines, "learning rate")).toBe(
      "The best of μP at width 1024 is the smallest learning rate tried: the true best may lie beyond.",
    );
    const many = ["a", "b", "c", "d"].map((line) => ({ line, end: "largest" }) as const);
    expect(endsInWords(many, "rate")).toBe(
      "The best of a, b and 2 more lines is the largest rate tried: the true best may lie beyond.",
    );
    expect(endsInWords([], "rate")).toBe("");
  });

  test("names have no ends, whatever their order; numbers have, in any", () => {
    expect(ladderEnd({ values: ["a", "b"], finished: true }, "a")).toBeNull();
    expect(ladderEnd({ values: [8, 1, 2], finished: true }, 1)).toBe("smallest");
    expect(ladderEnd({ values: [8], finished: true }, 8)).toBeNull();
  });

  test("is not known where the values are drawn at random: none of them is tried everywhere", () => {
    const study = (sweep: object) => ({ sweeps: [sweep], progress: { fraction: 0.5 } });
    const drawn = { axes: { width: [64] }, random: { params: { rate: { uniform: [0, 1] } }, count: 3, seed: 0 } };
    expect(tunedLadder(study({ axes: { rate: [1, 2, 4] } }), { axes }, "rate")?.values).toEqual([1, 2, 4]);
    expect(tunedLadder(study(drawn), { axes }, "rate")).toBeNull();
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

describe("the span of a value axis", () => {
  test("is not set by the intervals of two seeds, which would flatten every line", () => {
    const seeds = [0.5, 0.4].map((mean) => ({ mean, low: mean - 12.7, high: mean + 12.7 }));
    const [low, high] = valueDomain(seeds, "linear");
    expect([low, high]).toEqual([expect.closeTo(0.282), expect.closeTo(0.618)]);
    const [least, most] = valueDomain(seeds, "log");
    // Nothing below zero has a place; above, at most twice the largest mean.
    expect([least, most]).toEqual([expect.closeTo(0.4 / 2.5 ** 0.06, 5), expect.closeTo(1 * 2.5 ** 0.06, 5)]);
  });

  test("holds intervals of the size of what they tell apart", () => {
    const [low, high] = valueDomain(
      [
        { mean: 1, low: 0.9, high: 1.1 },
        { mean: 2, low: 1.9, high: 2.1 },
      ],
      "linear",
    );
    expect(low).toBeLessThan(0.9);
    expect(high).toBeGreaterThan(2.1);
  });

  test("says which intervals go on beyond it: on a log axis one that reaches zero does", () => {
    expect(runsOff({ low: -1, high: 3 }, [0.1, 2])).toEqual({ below: true, above: true });
    expect(runsOff({ low: 0.1, high: 2 }, [0.1, 2])).toEqual({ below: false, above: false });
    expect(runsOff({ low: null, high: null }, [0.1, 2])).toEqual({ below: false, above: false });
  });

  test("is there also without a mean, and with one", () => {
    expect(valueDomain([{ mean: null, low: null, high: null }], "log")).toEqual([0.1, 1]);
    const [low, high] = valueDomain([{ mean: 3, low: null, high: null }], "log");
    expect(low < 3 && high > 3).toBe(true);
  });
});

describe("a value looks the same in every figure", () => {
  const paramsSchema = { properties: { point: { enum: ["mup", "sp", "ntp", "mfp", "up"] } } };
  const axes = [
    { param: "point", values: ["mup", "up", "ntp", "sp"] },
    { param: "width", values: [64, 128, 256] },
    { param: "task", values: ["b", "a", "c"] },
    { param: "seed", values: [0, 7, 9] },
  ];
  const places = { paramsSchema, axes };
  const looks = (param: string, found: readonly unknown[], values: readonly unknown[] = found, given = places) =>
    values.map(valueStyles(param, given, found));

  test("by the order of the options that the experiment declares, in whatever order results and axes come", () => {
    const declared = looks("point", ["mup", "sp", "ntp", "up"]);
    expect(declared.map(({ color }) => color)).toEqual(["1", "2", "3", "5"].map((at) => `var(--chart-${at})`));
    expect(looks("point", ["up", "ntp", "sp", "mup"], ["mup", "sp", "ntp", "up"])).toEqual(declared);
    expect(looks("point", ["up"], ["up"], { ...places, axes: [] })).toEqual(declared.slice(3));
  });

  test("by the order of the study's axis where none is declared, also when only one is shown", () => {
    const all = looks("task", ["b", "a", "c"]);
    expect(new Set(all.map(({ symbol }) => symbol)).size).toBe(3);
    expect(looks("task", ["c"])).toEqual(all.slice(2));
    expect(looks("seed", [9])).toEqual(looks("seed", [0, 7, 9]).slice(2));
  });

  test("by size for numbers, the whole ladder in mind", () => {
    const ladder = looks("width", [64, 128, 256]);
    expect(ladder.map(({ color }) => color)).toEqual(["var(--ramp-1)", "var(--ramp-4)", "var(--ramp-6)"]);
    expect(looks("width", [256, 64])).toEqual([ladder[2], ladder[0]]);
  });

  test("and a value that nobody listed has a look too", () => {
    const [known, unknown] = looks("task", ["b", "new"]);
    expect(unknown).not.toEqual(known);
    expect(valueStyles(null, places, [])("x")).toEqual({ color: "var(--chart-1)", symbol: "circle" });
  });

  test("in the home page's figure, a chart held at one value, theory and learning curves", () => {
    const up = valueStyles("point", places, [])("up");
    const rows = ["ntp", "sp", "up"].flatMap((color) => [row({ color, x: 64 }), row({ color, x: 128 })]);
    expect(staticSeries(rows, "point", places).find(({ name }) => name === "UP_s")).toMatchObject(up);
    const channels = { x: "width", color: "point", facet: null, tune: null };
    const held = buildModel({
      rows: rows.filter(({ color }) => color === "up"),
      metric: "loss",
      metrics: [loss],
      paramsSchema,
      channels,
      axes,
      fixed: { point: "up" },
      xScale: "auto",
      yScale: "auto",
    });
    expect(held.series).toEqual([{ name: "UP_s", ...up }]);
    const said = { verdict: "kernel", summary: "", assumptions: "", exponents: {}, detail: null };
    const by = { apart: "point", color: "point" };
    expect(theoryCases([{ key: { point: "up" }, theory: said }], by, places)[0]?.style).toEqual(up);
    expect(nameResults([result("1", "up", 0), result("2", "ntp", 0)], places)[0]?.color).toBe(up.color);
  });
});

const result = (id: string, point: string, seed: number): CurveResult => ({
  id,
  params: { point, width: 64 },
  seed,
  outcome: "SUCCEEDED",
  divergedAtStep: null,
  trial: { id, digest: id },
  curves: [{ name: "loss", steps: [0, 10], values: [2, 1] }],
});

describe("learning curves", () => {
  const places = {
    paramsSchema: {},
    axes: [
      { param: "point", values: ["mup", "ntp"] },
      { param: "width", values: [64] },
    ],
  };

  test("are a line each, named by what differs, when a mark pools several settings of one seed", () => {
    const named = nameResults([result("r1", "mup", 0), result("r2", "ntp", 0), result("r3", "ntp", 1)], places);
    expect(named.map(({ name }) => name)).toEqual(["μP, seed 0", "NTP, seed 0", "NTP, seed 1"]);
    const lines = curveLines(named, "loss");
    expect(new Set(lines.map(({ id }) => id)).size).toBe(3);
    expect(lines[0]?.color).not.toBe(lines[1]?.color);
    expect(lines[1]?.color).toBe(lines[2]?.color);
  });

  test("of one setting are told apart by seed alone", () => {
    const named = nameResults([result("r1", "mup", 0), result("r2", "mup", 1)], places);
    expect(named.map(({ name }) => name)).toEqual(["seed 0", "seed 1"]);
    expect(named[0]?.color).not.toBe(named[1]?.color);
    expect(curveLines(named, "accuracy")).toEqual([]);
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

  test("sets names side by side in the study's order, and its lines run along them, in whatever order results come", () => {
    const named = buildModel({
      rows: ["ntp", "sp", "mup"].map((x) => row({ x, color: 64 })),
      metric: "loss",
      metrics: [loss],
      paramsSchema: {},
      channels: { x: "point", color: "width", facet: null, tune: null },
      axes: [{ param: "point", values: ["mup", "sp", "up", "ntp"] }],
      fixed: {},
      xScale: "auto",
      yScale: "auto",
    });
    expect(named).toMatchObject({ xScale: "point", xNames: ["μP", "SP", "UP_s", "NTP"] });
    expect(named.marks.map(({ x }) => x)).toEqual(["μP", "SP", "NTP"]);
    expect(model).toMatchObject({ xNames: null, marks: [{ x: 64 }, { x: 128 }] });
  });

  test("keeps what diverged", () => {
    expect(model.marks.filter(({ mean }) => mean === null)).toMatchObject([
      { x: 64, series: "μP", diverged: 2, count: 2 },
    ]);
  });

  test("says that all diverged only where all did: trials without the metric leave no mark", () => {
    expect(allDiverged({ mean: null, count: 2, diverged: 2 })).toBe(true);
    expect(allDiverged({ mean: null, count: 2, diverged: 1 })).toBe(false);
    const silent = buildModel({
      rows: [row({ x: 64, mean: null, count: 3, diverged: 0 }), row({ x: 128, mean: null, count: 3, diverged: 3 })],
      metric: "loss",
      metrics: [loss],
      paramsSchema: {},
      channels,
      axes: [],
      fixed: {},
      xScale: "auto",
      yScale: "auto",
    });
    expect(silent.marks.map(({ x }) => x)).toEqual([128]);
  });

  test("leads from a mark back to its trials", () => {
    expect(model.marks[1]?.select).toEqual({ width: 128, point: "sp" });
  });

  test("knows the selected mark, in whatever order the address names its params, and no mark for one of its trials", () => {
    const chosen = (selected: Record<string, unknown> | null) =>
      model.marks.filter((mark) => isSelected(mark, selected)).map(({ x }) => x);
    expect(chosen({ point: "sp", width: 128 })).toEqual([128]);
    expect(chosen({ width: 128, point: "sp", seed: 0 })).toEqual([]);
    expect(chosen(null)).toEqual([]);
  });
});

test.each([
  [null, "–"],
  [0, "0"],
  [0.123456, "0.1235"],
  [-0.5, "−0.5"],
  [0.00001234, "1.234 × 10⁻⁵"],
  [12_345_678, "1.235 × 10⁷"],
  [1000, "1000"],
  [12_345, "12350"],
  [999_949, "999900"],
  [999_951, "1 × 10⁶"],
  [0.00099996, "0.001"],
  [-1e-9, "−1 × 10⁻⁹"],
])("%d is written %s", (value, text) => expect(formatValue(value)).toBe(text));

test("no figure is written in a programmer's notation, whatever its size and digits", () => {
  const sizes = Array.from({ length: 401 }, (_, at) => 10 ** ((at - 200) / 20));
  const texts = sizes.flatMap((size) => [
    ...[1, 2, 3, 4].map((digits) => formatValue(size, digits)),
    formatTick(size),
    formatParam(size),
    formatParam(-Math.round(size)),
    formatFlops(size),
    formatFlops(size * 1e20),
    formatBytes(size),
    formatDuration(size),
  ]);
  for (const text of texts) expect(text).not.toMatch(/\de[+-]?\d|NaN|-/);
});

test("ticks keep every digit that they have, and powers of ten stand alone", () => {
  expect([1250, 12_500, 0.9995, 1e-5, 3e-5, -1e7, 0].map(formatTick)).toEqual([
    "1250",
    "12500",
    "0.9995",
    "10⁻⁵",
    "3 × 10⁻⁵",
    "−10⁷",
    "0",
  ]);
});

test("a unit is changed where rounding reaches the next", () => {
  expect([999.6e9, 999.4e9].map(formatFlops)).toEqual(["1 TFLOP", "999 GFLOP"]);
  expect([999.6 * 1024, 1023.96 * 1024, 1010].map(formatBytes)).toEqual(["1000 KiB", "1 MiB", "1010 B"]);
  expect([999.4, 999.7].map(formatDuration)).toEqual(["999 ms", "1 s"]);
});

test("a share never claims to be complete before it is", () => {
  expect([0, 0.004, 0.5, 0.9999, 1].map(formatShare)).toEqual(["0 %", "< 1 %", "50 %", "99.9 %", "100 %"]);
  expect(formatCount(12_345)).toBe("12,345");
  expect([850, 12_340, 240_000, 11_160_000].map(formatDuration)).toEqual(["850 ms", "12.3 s", "4 min", "3.1 h"]);
});
