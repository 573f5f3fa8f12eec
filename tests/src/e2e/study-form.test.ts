import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findExperiment, paramsJsonSchema } from "@widefield/experiments/catalog";
import { sweepSchema } from "@widefield/graphql/sweep/sweep";
import { emptyDraft, fixedPlan, readDraft, withPlan } from "@widefield/web/new-study/draft";
import { draftOfStudy } from "@widefield/web/new-study/draft-of-study";
import { fieldOfPath } from "@widefield/web/new-study/form-issue";
import { type ParamField, paramFields } from "@widefield/web/new-study/param-field";
import { readValue, readValues } from "@widefield/web/new-study/param-value";
import { startingDraft } from "@widefield/web/new-study/starting-draft";
import { startingRange } from "@widefield/web/new-study/starting-range";
import { readStudyFile, writeStudyFile } from "@widefield/web/new-study/study-file";
import { studyOfDraft } from "@widefield/web/new-study/study-of-draft";
import { describe, expect, test } from "vitest";

const experiment = findExperiment("feature-learning.mlp");
if (!experiment) throw new Error("The catalogue has no MLP.");
const key = `${experiment.id}@${experiment.version}`;
const fields = paramFields(paramsJsonSchema(experiment));
const knownFields = (name: string) => (key.startsWith(name) ? { experiment: key, fields } : null);

function field(name: string): ParamField {
  const found = fields.find((one) => one.name === name);
  if (!found) throw new Error(`No param ${name}.`);
  return found;
}

describe("fields from the JSON Schema", () => {
  test("carry title, unit, help, bounds and default", () => {
    expect(field("width")).toMatchObject({
      title: "Width",
      unit: "neurons",
      kind: "integer",
      preset: 256,
      bounds: { minimum: 1, maximum: 16384 },
    });
    expect(field("point")).toMatchObject({ kind: "choice", options: expect.arrayContaining(["mup", "sp", "ntp"]) });
    expect(field("learningRate").bounds).toMatchObject({ exclusiveMinimum: 0 });
  });

  test("every param of the experiment has one, with words for a person", () => {
    expect(fields.map(({ name }) => name).sort()).toEqual(Object.keys(experiment.params.shape).sort());
    for (const { title, help } of fields) {
      expect(title).not.toBe("");
      expect(help).not.toBe("");
    }
  });
});

describe("a new form", () => {
  test("asks something already: it compares parametrizations along a ladder of widths, and nothing in it is wrong", () => {
    const draft = { ...startingDraft({ key, fields, shown: ["point", "width"] }), title: "T", question: "Q?" };
    const { issues, sweep } = studyOfDraft(draft, fields);
    expect(issues).toEqual([]);
    expect(sweep).toMatchObject({
      fixed: {},
      axes: { point: ["mup", "sp", "ntp"], width: { ladder: { from: 64, to: 1024 } } },
    });
  });

  test.each(["ladder", "geometric"] as const)("begins a %s of every number with a range that is right", (kind) => {
    const numbers = fields.filter((one) => one.kind === "number" || one.kind === "integer");
    for (const one of numbers) {
      const plan = { ...fixedPlan(""), kind, ...startingRange(one, String(one.preset)) };
      const draft = withPlan(emptyDraft(key, fields), one.name, plan);
      expect([one.name, studyOfDraft({ ...draft, title: "T", question: "Q?" }, fields).issues]).toEqual([one.name, []]);
      expect(Number(plan.to), one.name).toBeGreaterThan(Number(plan.from));
    }
  });
});

describe("a typed value", () => {
  test.each([
    ["width", "256", { ok: true, value: 256 }],
    ["width", " 1 ", { ok: true, value: 1 }],
    ["width", "0", { ok: false, message: "Must be 1 to 16,384." }],
    ["width", "2.5", { ok: false, message: "Give a whole number." }],
    ["width", "wide", { ok: false, message: "This is not a number." }],
    ["width", "1e400", { ok: false, message: "This is not a number." }],
    ["learningRate", "0", expect.objectContaining({ ok: false })],
    ["learningRate", "1e-3", { ok: true, value: 0.001 }],
    ["point", "mup", { ok: true, value: "mup" }],
    ["point", "muP", expect.objectContaining({ ok: false })],
    ["a", "-0.5, 0, 0.5", { ok: true, value: [-0.5, 0, 0.5] }],
    ["c", "1", { ok: true, value: 1 }],
    ["a", "wide", expect.objectContaining({ ok: false })],
  ])("%s from %j", (name, typed, expected) => {
    expect(readValue(field(name), typed)).toEqual(expected);
  });

  test("a list names the value that is wrong, and one that stands there twice", () => {
    expect(readValues(field("width"), "64, 128 256")).toEqual({ ok: true, value: [64, 128, 256] });
    expect(readValues(field("width"), "64, 0")).toEqual({ ok: false, message: "0: Must be 1 to 16,384." });
    expect(readValues(field("width"), "64, 64.0")).toEqual({ ok: false, message: "64.0 stands here twice." });
    expect(readValues(field("width"), " ")).toMatchObject({ ok: false });
    expect(readValues(field("a"), "[0, 0.5], [0.5, 0]")).toEqual({
      ok: true,
      value: [
        [0, 0.5],
        [0.5, 0],
      ],
    });
  });
});

describe("a draft", () => {
  const named = { ...emptyDraft(key, fields), title: "Wide", question: "Is wide good?" };

  test("untouched is one cell at the defaults, times its seeds", () => {
    expect(studyOfDraft(named, fields).study).toEqual({
      title: "Wide",
      question: "Is wide good?",
      experiment: key,
      sweep: { fixed: {}, axes: {}, seeds: 3 },
      quorum: 2,
      license: "CC-BY-4.0",
    });
  });

  test("without words says so at both fields", () => {
    const { study, issues } = studyOfDraft(emptyDraft(key, fields), fields);
    expect(study).toBeNull();
    expect(issues.map((issue) => issue.field)).toEqual(["title", "question"]);
  });

  test("sweeps in the order in which params were swept", () => {
    let draft = withPlan(named, "width", { ...fixedPlan("256"), kind: "ladder", from: "64", to: "1024" });
    draft = withPlan(draft, "point", { ...fixedPlan("mup"), kind: "list", values: "mup, sp" });
    const { study } = studyOfDraft(draft, fields);
    expect(Object.entries(study?.sweep.axes ?? {})).toEqual([
      ["width", { ladder: { from: 64, to: 1024 } }],
      ["point", ["mup", "sp"]],
    ]);
    expect(Object.keys(studyOfDraft(withPlan(draft, "width", fixedPlan("256")), fields).sweep?.axes ?? {})).toEqual([
      "point",
    ]);
  });

  test.each([
    ["0", "A study needs at least one seed; 0 asks nothing."],
    ["", "Give the number of seeds, or the seeds: 0, 7, 9."],
    ["3, 3", "One of the seeds stands here twice."],
    ["-1", "Seeds are whole numbers from 0 to 2,147,483,647."],
  ])("with %j seeds is refused", (seeds, message) => {
    const { sweep, issues } = studyOfDraft({ ...named, seeds }, fields);
    expect(sweep).toBeNull();
    expect(issues).toEqual([{ field: "seeds", message }]);
  });

  test("of a million trials is refused with both numbers", () => {
    const { sweep, issues } = studyOfDraft({ ...named, seeds: "1000000" }, fields);
    expect(sweep).toBeNull();
    expect(issues).toHaveLength(1);
    expect(issues[0]?.message).toMatch(/100,?000/);
    const wide = withPlan(named, "learningRate", {
      ...fixedPlan("1"),
      kind: "geometric",
      from: "0.001",
      to: "1",
      count: "1000",
    });
    const million = studyOfDraft({ ...wide, seeds: "1000" }, fields);
    expect(million.issues).toEqual([{ field: "sweep", message: expect.stringMatching(/1,000,000 trials.*100,000/) }]);
  });

  test("survives storage, and a stranger's text is not taken for one", () => {
    const draft = withPlan(named, "width", { ...fixedPlan("256"), kind: "ladder", from: "64", to: "1024" });
    expect(readDraft(JSON.stringify(draft), () => fields)).toEqual(draft);
    for (const text of [null, "", "{", "[]", '{"experiment": 1}', '{"experiment": "gone"}']) {
      expect(readDraft(text, (name) => (name === key ? fields : []))).toBeNull();
    }
    const foreign = JSON.stringify({
      experiment: key,
      plans: { width: { kind: "sideways", value: 7 }, gone: {} },
      order: [3],
    });
    expect(readDraft(foreign, () => fields)).toEqual(emptyDraft(key, fields));
  });
});

describe("a study file", () => {
  const folder = fileURLToPath(new URL("../../../functions/experiments/studies/feature-learning", import.meta.url));

  test("of every example fills the form, and the form says the same again", async () => {
    const files = (await readdir(folder)).filter((file) => file.endsWith(".yaml"));
    expect(files.length).toBeGreaterThanOrEqual(3);
    for (const file of files) {
      const content = await readStudyFile(await readFile(join(folder, file), "utf8"));
      const { draft, problems } = draftOfStudy(content, knownFields);
      expect(problems).toEqual([]);
      if (!draft) throw new Error(`${file} fills no form.`);
      const { study, issues } = studyOfDraft(draft, fields);
      expect(issues).toEqual([]);
      const { sweep, ...words } = study ?? {};
      const { sweep: original, ...originalWords } = content as { sweep: unknown };
      expect(words).toEqual(originalWords);
      // Values at the experiment's own defaults are left out, which changes no trial.
      expect(withDefaults(sweepSchema.parse(sweep))).toEqual(withDefaults(sweepSchema.parse(original)));
      for (const format of ["yaml", "json"] as const) {
        expect(await readStudyFile(await writeStudyFile(study ?? {}, format))).toEqual(study);
      }
    }
  });

  test("with random draws comes back as it went", async () => {
    const sweep = {
      fixed: {},
      axes: {},
      random: { count: 4, seed: 9, params: { learningRate: { logUniform: [0.01, 1] }, depth: { choice: [1, 2] } } },
      seeds: [7],
    };
    const { draft } = draftOfStudy({ title: "T", question: "Q?", experiment: key, sweep }, knownFields);
    if (!draft) throw new Error("No draft.");
    const read = studyOfDraft(draft, fields);
    expect(read.issues).toEqual([]);
    expect(read.sweep).toEqual(sweep);
  });

  test.each([
    ["a: [1", /^Line \d+ is neither YAML nor JSON/],
    ["", /empty/],
  ])("%j is refused in words", async (text, message) => {
    await expect(readStudyFile(text)).rejects.toThrow(message);
  });

  test("says what it does not know", () => {
    expect(draftOfStudy([], knownFields)).toMatchObject({
      draft: null,
      problems: [expect.stringContaining("not a study")],
    });
    expect(draftOfStudy({ experiment: "unknown" }, knownFields).problems).toEqual([
      "This site has no experiment “unknown”.",
    ]);
    const { draft, problems } = draftOfStudy(
      { experiment: key, sweep: { fixed: { wdth: 3 }, axes: { width: "wide" }, sead: 1 }, tag: 1 },
      knownFields,
    );
    expect(draft).not.toBeNull();
    expect(problems).toEqual([
      "The file has “tag”, which nothing here knows.",
      "The sweep has “sead”, which nothing here knows.",
      "The experiment has no param “wdth”.",
      "The sweep of “width” is none that this form knows.",
    ]);
  });
});

test.each([
  ["title", "title"],
  ["sweep.axes.width.ladder.to", "param.width"],
  ["sweep.fixed.a.2", "param.a"],
  ["axes.width", "param.width"],
  ["sweep.random.params.x", "param.x"],
  ["sweep.random.count", "draws"],
  ["sweep.seeds.3", "seeds"],
  ["sweep", "sweep"],
  ["", ""],
])("the issue at %j is said at the field %j", (path, expected) => {
  expect(fieldOfPath(path)).toBe(expected);
});

function withDefaults(sweep: { fixed: Readonly<Record<string, unknown>> }) {
  const presets = Object.fromEntries(fields.map(({ name, preset }) => [name, preset]));
  const fixed = Object.entries(sweep.fixed).filter(([name, value]) => presets[name] !== value);
  return { ...sweep, fixed: Object.fromEntries(fixed) };
}
