import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { curveBreak, curveSpan } from "@widefield/web/chart/curve-span";
import { defaultsBeside, splitDefaults } from "@widefield/web/chart/param-defaults";
import { valueInWords } from "@widefield/web/chart/param-title";
import {
  defaultView,
  parseView,
  rankingMetric,
  type Subject,
  valueText,
  viewGrouping,
} from "@widefield/web/chart/view";
import { formatCounted } from "@widefield/web/format/number";
import { examples } from "@widefield/web/graphiql/examples";
import { workNow } from "@widefield/web/home/work-now";
import { pageSummary } from "@widefield/web/host/page-window";
import { changed, kept, selected, withSelected } from "@widefield/web/study/address";
import { agreementInWords } from "@widefield/web/study/agreement";
import { citation } from "@widefield/web/study/citation";
import { drawableMetrics } from "@widefield/web/study/drawable-metrics";
import { heldFixed } from "@widefield/web/study/held-fixed";
import { parseSelection, selectionFilter, selectionInWords, selectionText } from "@widefield/web/study/selection";
import { noResults, tableChoice, tableFilter, tableOrder, tableProblems } from "@widefield/web/study/table-choice";
import { viewQueryText } from "@widefield/web/study/view-query";
import { listAddress, listChoice, listVariables } from "@widefield/web/study-list/list-query";
import { startLabel } from "@widefield/web/volunteer/start-label";
import { firstChoice } from "@widefield/web/volunteer/work-choice";
import { buildSchema, parse, validate } from "graphql";
import { describe, expect, test } from "vitest";

const metric = (name: string, perLayer = false) =>
  ({ name, label: name, help: "", unit: "", direction: "MINIMIZE", scale: "LOG", perLayer }) as const;

const subject: Subject = {
  axes: [
    { param: "point", values: ["mup", "sp"] },
    { param: "width", values: [64, 128] },
    { param: "learningRate", values: [0.5, 1] },
    { param: "c", values: [1, [1, 0.5, 0]] },
  ],
  seeds: { param: "seed", values: [0, 1] },
  metrics: [metric("finalTestLoss"), metric("featureMovement", true)],
  view: { x: "width", y: "finalTestLoss", color: "point", tune: "learningRate" },
  predicted: ["featureMovement.1", "featureMovement.2"],
};
const search = (text: string) => new URLSearchParams(text);

describe("the view of a study", () => {
  test("is the experiment's own without an address, with the best learning rate at each width", () => {
    const view = parseView(search(""), subject);
    expect(view).toEqual(defaultView(subject));
    expect(viewGrouping(view, subject)).toEqual({
      groupBy: ["width", "point", "learningRate"],
      tune: "learningRate",
      pooled: ["c"],
    });
  });

  test("shows what theory predicts where nothing is tuned", () => {
    const untuned = { ...subject, axes: subject.axes.filter(({ param }) => param !== "learningRate") };
    expect(defaultView(untuned)).toMatchObject({ y: "featureMovement.2", best: false });
  });

  test("seeks the best learning rate by the drawn metric, or by the experiment's own where that has no good direction", () => {
    const neutral = {
      ...subject,
      metrics: [metric("finalTestLoss"), { ...metric("featureMovement", true), direction: "NONE" as const }],
    };
    expect(rankingMetric(subject, "featureMovement.1")).toEqual({ name: "featureMovement.1", direction: "MINIMIZE" });
    expect(rankingMetric(neutral, "featureMovement.1")).toEqual({ name: "finalTestLoss", direction: "MINIMIZE" });
  });

  test("follows the address, values with their type", () => {
    const fixed = `p.c=${encodeURIComponent(valueText([1, 0.5, 0]))}&p.width=128&p.point=mup`;
    const view = parseView(
      search(`x=learningRate&color=none&facet=point&y=featureMovement.3&xs=linear&${fixed}`),
      subject,
    );
    expect(view).toMatchObject({
      x: "learningRate",
      color: null,
      facet: "point",
      y: "featureMovement.3",
      xScale: "linear",
    });
    expect(view.fixed).toEqual({ c: [1, 0.5, 0], width: 128, point: "mup" });
    expect(viewGrouping(view, subject).tune).toBeNull();
  });

  test.each([
    "x=nonsense",
    "y=nonsense",
    "y=featureMovement.last",
    "y=featureMovement.0",
    "color=constructor",
    "p.width=65",
    "xs=cubic",
    "best=2&facet=__proto__",
  ])("leaves out what makes no sense: %s", (text) => {
    const { best: _, ...view } = parseView(search(text), subject);
    const { best: __, ...standard } = defaultView(subject);
    expect(view).toEqual(standard);
  });

  test("never draws a param against itself", () => {
    expect(parseView(search("x=point"), subject)).toMatchObject({ x: "point", color: null });
    expect(parseView(search("facet=width"), subject).facet).toBeNull();
  });
});

describe("the results table", () => {
  test("turns the address into a filter and an order", () => {
    const choice = tableChoice(search("outcome=diverged&metric=finalTestLoss&min=0.1&max=&sort=-param:width"), subject);
    expect(tableFilter(choice, { width: 64 })).toEqual({
      params: [{ param: "width", equals: 64 }],
      outcome: ["DIVERGED"],
      metrics: [{ metric: "finalTestLoss", gte: 0.1 }],
    });
    expect(tableOrder(choice.sort, subject)).toEqual({ param: "width", direction: "DESC" });
    expect(tableOrder("metric:featureMovement.1", subject)).toEqual({ metric: "featureMovement.1", direction: "ASC" });
  });

  test("forgets numbers that are none and names that do not exist", () => {
    const choice = tableChoice(search("metric=nonsense&min=abc&sort=param:nonsense"), subject);
    expect(tableFilter(choice, {})).toEqual({});
    expect(tableOrder(choice.sort, subject)).toEqual({ field: "POSITION", direction: "ASC" });
  });

  test("is sorted by seed as by any param, though seeds are no axis", () => {
    expect(tableOrder("-param:seed", subject)).toEqual({ param: "seed", direction: "DESC" });
  });

  test("says at the field what it leaves out of account", () => {
    const problems = (text: string) => tableProblems(tableChoice(search(text), subject));
    expect(problems("metric=finalTestLoss&min=0.1&max=1e3")).toEqual({});
    expect(problems("metric=finalTestLoss&min=+&max=")).toEqual({});
    expect(problems("metric=finalTestLoss&min=0,5&max=abc")).toEqual({
      min: expect.stringMatching(/^“0,5” is not a number/),
      max: expect.stringMatching(/^“abc” is not a number/),
    });
    expect(problems("min=0.5")).toEqual({ metric: expect.stringMatching(/^Choose the metric/) });
    expect(problems("metric=nonsense&max=1")).toEqual({ metric: expect.any(String) });
    expect(tableChoice(search("min=0,5"), subject).typed).toEqual({ min: "0,5", max: "" });
  });

  test("keeps the view when filtered, and drops cursors whenever anything changes", () => {
    const address = search("x=width&p.width=64&outcome=diverged&after=abc&sel=%7B%7D");
    expect(kept(address, "table")).toEqual([
      ["x", "width"],
      ["p.width", "64"],
    ]);
    expect(kept(address, "view")).toEqual([["outcome", "diverged"]]);
    expect(selected(address)).toEqual([["sel", "{}"]]);
    expect(changed("/studies/a", address, { after: null, sel: null })).toBe(
      "/studies/a?x=width&p.width=64&outcome=diverged",
    );
  });
});

test("a selection survives the address, and a broken one is none", () => {
  const selection = { width: 64, c: [1, 0.5, 0], seed: 2 };
  expect(parseSelection(selectionText(selection))).toEqual(selection);
  expect(selectionFilter(selection)).toEqual({
    params: [
      { param: "width", equals: 64 },
      { param: "c", equals: [1, 0.5, 0] },
    ],
    seed: [2],
  });
  for (const text of [null, "", "{", "[1]", "3"]) expect(parseSelection(text)).toBeNull();
});

test("a selection is in words as papers and figures write them", () => {
  const titles: Readonly<Record<string, string>> = { s: "s of UP_s", learningRate: "Learning rate", depth: "Depth" };
  const words = (selection: Readonly<Record<string, unknown>>) =>
    selectionInWords(selection, (param) => titles[param] ?? param);
  expect(words({ point: "up", s: 0.25, learningRate: 1e-7 })).toBe("UP_s, s of UP_s 0.25, learning rate 1 × 10⁻⁷");
  expect(words({ depth: 2, seed: 1 })).toBe("depth 2, seed 1");
});

test("a link takes what is selected at the moment, not what was when it was written", () => {
  const made = "/studies/a?sort=seed&sel=%7B%22width%22%3A64%7D&curve=loss";
  expect(withSelected(made, search(""))).toBe("/studies/a?sort=seed");
  const now = withSelected(made, search("sort=elapsed&sel=%7B%22width%22%3A8%7D&curve=accuracy"));
  expect([...search(now.split("?")[1] ?? "")]).toEqual([
    ["sort", "seed"],
    ["sel", '{"width":8}'],
    ["curve", "accuracy"],
  ]);
  expect(withSelected("/studies/a", search("sel=1"))).toBe("/studies/a?sel=1");
});

test("metrics that can be drawn are those of layers that theory or results know of, in order", () => {
  expect(drawableMetrics(subject, [])).toEqual(["finalTestLoss", "featureMovement.1", "featureMovement.2"]);
  const silent = { ...subject, predicted: [] };
  expect(drawableMetrics(silent, [])).toEqual(["finalTestLoss"]);
  expect(drawableMetrics(silent, ["featureMovement.10", "featureMovement.9", "finalTestLoss"])).toEqual([
    "finalTestLoss",
    "featureMovement.9",
    "featureMovement.10",
  ]);
});

test("the volunteer page begins with the work that its address names, else with what this tab is at", () => {
  const none = { study: null, family: null };
  const running = { study: "a", family: null };
  expect(firstChoice({ study: "b", family: null }, running)).toEqual({ study: "b", family: null });
  expect(firstChoice({ study: null, family: "f" }, running)).toEqual({ study: null, family: "f" });
  expect(firstChoice(none, running)).toEqual(running);
  expect(firstChoice(none, null)).toEqual(none);
});

describe("what is computed now", () => {
  const unit = (id: string, hostId: string, study: string, progress: number, second: number) => ({
    id,
    hostId,
    hostName: "Chromium on nvidia ampere",
    backend: "WASM" as const,
    trialCount: 4,
    progress,
    grantedAt: `2026-01-01T00:00:${String(second).padStart(2, "0")}Z`,
    study: { id: study, slug: study, title: study },
  });

  test("is one row for each host and study, however many units it holds", () => {
    const rows = workNow([
      unit("6", "Ada", "s", 0, 12),
      unit("5", "Ada", "s", 0, 11),
      unit("4", "Ada", "s", 0.4, 10),
      unit("3", "Ada", "t", 0, 9),
      unit("2", "Bob", "s", 0, 20),
      unit("1", "Bob", "s", 0, 19),
    ]);
    expect(rows.map(({ unit: { id }, waiting, underWay }) => [id, waiting, underWay])).toEqual([
      ["4", 2, 1],
      ["1", 1, 0],
      ["3", 0, 0],
    ]);
    expect(workNow([])).toEqual([]);
  });

  test("keeps its row while one unit follows another", () => {
    const [before] = workNow([unit("1", "Ada", "s", 0.9, 1), unit("2", "Ada", "s", 0, 2)]);
    const [after] = workNow([unit("2", "Ada", "s", 0.1, 2)]);
    expect([before?.unit.id, after?.unit.id]).toEqual(["1", "2"]);
    expect(after?.key).toBe(before?.key);
  });
});

test("the list of studies reads its address and writes it again", () => {
  const choice = listChoice({ q: " muP ", state: "active", sort: "title", before: "xyz", family: "feature-learning" });
  expect(listVariables(choice)).toEqual({
    last: 12,
    before: "xyz",
    where: { state: ["ACTIVE"], family: ["feature-learning"], search: "muP" },
    orderBy: { field: "TITLE", direction: "ASC" },
  });
  expect(listAddress(choice, { after: "a" })).toBe(
    "/studies?q=muP&state=active&family=feature-learning&sort=title&after=a",
  );
  expect(listAddress(listChoice({ sort: "nonsense", state: "nonsense" }))).toBe("/studies");
});

describe("queries that a reader takes away", () => {
  const file = createRequire(import.meta.url)
    .resolve("@widefield/graphql/http")
    .replace(/src\/http.*$/, "schema.graphql");
  const schema = buildSchema(readFileSync(file, "utf8"));
  const errors = (text: string) => validate(schema, parse(text)).map(({ message }) => message);

  test.each(examples.map(({ query }) => [/(?:query|subscription) (\w+)/.exec(query)?.[1], query]))(
    "the example %s fits the schema",
    (_, query) => expect(errors(query ?? "")).toEqual([]),
  );

  test("the query of a view fits the schema, whatever its filter", () => {
    const where = {
      params: [{ param: "c", equals: [1, 'a "quoted" word', { deep: true }] }],
      outcome: ["DIVERGED" as const],
      metrics: [{ metric: "finalTestLoss", gte: 1e-9 }],
    };
    const text = viewQueryText('a "slug"', { where, groupBy: ["width", "point"], metric: "finalTestLoss" });
    expect(errors(text)).toEqual([]);
  });
});

test("a citation names the question and the revision, and BibTeX can read it", () => {
  const text = citation(
    {
      slug: "a-study",
      title: "μP & SP: 100 % of {widths}",
      digest: "0123456789abcdef0123",
      revision: 7,
      createdAt: "2025-12-31T23:00:00Z",
      publishedAt: "2026-01-02T00:00:00Z",
      createdBy: { name: "A_B" },
    },
    "https://widefield.example",
  );
  expect(text).toContain("title        = {μP \\& SP: 100 \\% of widths}");
  expect(text).toContain("author       = {A\\_B}");
  expect(text).toContain("year         = {2026}");
  expect(text).toContain("\\url{https://widefield.example/studies/a-study}");
  expect(text).toContain("0123456789abcdef, revision 7");
});

describe("a learning curve", () => {
  const diverged = { steps: [0], values: [0.4776], divergedAtStep: 16 };
  const whole = { steps: [0, 50, 100], values: [0.5, 0.2, 0.1], divergedAtStep: null };

  test("reaches from the start to the divergence, however early its last recorded value", () => {
    expect(curveSpan([diverged])).toEqual([0, 16]);
    expect(curveSpan([diverged, whole])).toEqual([0, 100]);
    expect(curveSpan([{ ...whole, steps: [50, 100] }])).toEqual([0, 100]);
    expect(curveSpan([{ ...diverged, divergedAtStep: 0 }])).toEqual([0, 1]);
  });

  test("breaks off where its trial diverged", () => {
    expect(curveBreak(diverged)).toEqual({ from: 0, to: 16, value: 0.4776 });
    expect(curveBreak(whole)).toBeNull();
    expect(curveBreak({ steps: [], values: [], divergedAtStep: 16 })).toBeNull();
  });
});

describe("the settings of a trial", () => {
  const schema = {
    properties: {
      point: { default: "mup" },
      momentum: { default: 0.9 },
      init: { default: { scale: 1, kind: "normal" } },
      a: {},
    },
  };

  test("are those that somebody chose: what is at its default may not even count", () => {
    const split = splitDefaults(schema, [
      ["point", "sp"],
      ["momentum", 0.9],
      ["init", { kind: "normal", scale: 1 }],
      ["a", [1, 0]],
    ]);
    expect(split.chosen.map(([param]) => param)).toEqual(["point", "a"]);
    expect(split.defaults.map(([param]) => param)).toEqual(["momentum", "init"]);
  });

  test("that a study leaves out have the defaults of the experiment", () => {
    expect(defaultsBeside(schema, ["point", "init.scale"])).toEqual([["momentum", 0.9]]);
    expect(defaultsBeside(undefined, [])).toEqual([]);
  });

  test("that are the same in all trials are the fixed ones, axes of one value, and the defaults of the rest", () => {
    const held = (sweep: unknown, varied: string[] = []) => heldFixed([sweep], varied, schema);
    expect(held({ axes: { point: ["mup", "sp"] }, fixed: { a: [1, 0] } }, ["point"])).toMatchObject({
      set: [["a", [1, 0]]],
      defaults: [
        ["momentum", 0.9],
        ["init", { scale: 1 }],
      ],
    });
    expect(held({ axes: { point: ["sp"] }, seeds: 6 }).set).toEqual([["point", "sp"]]);
    expect(
      held({ random: { count: 1, params: { momentum: { uniform: [0, 1] } } } }).defaults.map(([param]) => param),
    ).toEqual(["point", "init"]);
  });

  test("are decided by a quorum, or by a trusted host alone", () => {
    expect(agreementInWords(1)).toBe("one replica");
    expect(agreementInWords(2)).toBe("2 replicas from different people, or one from a trusted host");
  });
});

describe("a table without results", () => {
  const choice = (text: string) => tableChoice(search(text), subject);

  test("speaks of filters only to a reader who set some", () => {
    expect(noResults(choice(""), {}).title).toBe("No agreed result yet");
    expect(noResults(choice("sort=-elapsed"), {}).title).toBe("No agreed result yet");
    for (const [text, fixed] of [
      ["outcome=diverged", {}],
      ["", { width: 64 }],
    ] as const) {
      expect(noResults(choice(text), fixed).advice).toContain("Widen the filters");
    }
  });

  test("says at the field that no number lies between its bounds", () => {
    const slip = choice("metric=finalTestLoss&min=2&max=1");
    expect(tableProblems(slip).max).toContain("at least 2 and at most 1");
    expect(tableFilter(slip, {})).toEqual({});
    expect(tableProblems(choice("metric=finalTestLoss&min=1&max=1"))).toEqual({});
  });
});

describe("words after a number", () => {
  test("are singular after 1 alone", () => {
    expect([0, 1, 1234].map((count) => formatCounted(count, "study", "studies"))).toEqual([
      "0 studies",
      "1 study",
      "1,234 studies",
    ]);
    expect(pageSummary(0, 1, 1, "host")).toBe("1 host");
    expect(pageSummary(0, 0, 0, "host")).toBe("No hosts");
    expect(pageSummary(20, 20, 1143, "contributor")).toBe("21 to 40 of 1,143 contributors");
  });

  test("are a unit's, which may be a symbol", () => {
    expect(valueInWords("steps", 1, "steps")).toBe("1 step");
    expect(valueInWords("steps", 500, "steps")).toBe("500 steps");
    expect(valueInWords("pause", 1, "ms")).toBe("1 ms");
    expect(valueInWords("point", "mup", "")).toBe("μP");
  });
});

test("a second tab is sent to its start button by the words on it", () => {
  expect([null, { kind: "otherTab" } as const, { kind: "done" } as const].map(startLabel)).toEqual([
    "Start computing",
    "Try again",
    "Compute again",
  ]);
});
