import { trialDigest } from "@widefield/experiments/contract/identity";
import { quoteOf } from "@widefield/graphql/quote/quote-sweep";
import { slugOf, studyFileJsonSchema } from "@widefield/graphql/study/study-input";
import { countTrials } from "@widefield/graphql/sweep/count-trials";
import { expandSweep, expandSweepInPieces } from "@widefield/graphql/sweep/expand-sweep";
import { atOnce } from "@widefield/graphql/sweep/pieces";
import { readSweep } from "@widefield/graphql/sweep/read-sweep";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mlp } from "./testkit/report.ts";

function expand(sweep: unknown) {
  const read = expandSweep(mlp(), sweep);
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return read;
}

function issues(sweep: unknown) {
  const read = expandSweep(mlp(), sweep);
  return read.ok ? [] : read.issues;
}

describe("a sweep", () => {
  test("is the product of its axes in their order, the last one fastest, seeds faster still", () => {
    const { trials } = expand({ axes: { width: [16, 8], learningRate: [0.1, 1] }, seeds: [7, 9] });
    expect(trials.map(({ params, seed }) => [params.width, params.learningRate, seed])).toEqual([
      [16, 0.1, 7],
      [16, 0.1, 9],
      [16, 1, 7],
      [16, 1, 9],
      [8, 0.1, 7],
      [8, 0.1, 9],
      [8, 1, 7],
      [8, 1, 9],
    ]);
  });

  test("knows width ladders and geometric axes", () => {
    const { trials } = expand({
      axes: { width: { ladder: { from: 64, to: 1024 } }, learningRate: { geometric: { from: 0.01, to: 1, count: 5 } } },
    });
    expect([...new Set(trials.map((trial) => trial.params.width))]).toEqual([64, 128, 256, 512, 1024]);
    expect([...new Set(trials.map((trial) => trial.params.learningRate))]).toEqual([0.01, 0.0316228, 0.1, 0.316228, 1]);
    const half = expand({ axes: { width: { ladder: { from: 64, to: 256, factor: Math.SQRT2 } } } });
    expect(half.trials.map((trial) => trial.params.width)).toEqual([64, 91, 128, 181, 256]);
  });

  test("draws the same values from the same seed, and more draws keep the first ones", () => {
    const random = (count: number, seed: number) => ({
      fixed: { point: "mup" },
      random: {
        count,
        seed,
        params: {
          learningRate: { logUniform: [0.001, 1] },
          depth: { choice: [1, 2, 3] },
          weightScale: { uniform: [0.5, 2] },
        },
      },
    });
    const [few, many, others] = [expand(random(5, 1)), expand(random(50, 1)), expand(random(5, 2))];
    expect(many.trials.slice(0, 5)).toEqual(few.trials);
    expect(others.trials).not.toEqual(few.trials);
    for (const { params } of many.trials) {
      expect(params.learningRate).toBeGreaterThanOrEqual(0.001);
      expect(params.learningRate).toBeLessThanOrEqual(1);
      expect([1, 2, 3]).toContain(params.depth);
    }
  });

  test("addresses every trial as the contract says, and keeps equal ones once", () => {
    const { trials, repeated } = expand({ fixed: { point: "mup" }, axes: { s: [0.1, 0.2], width: [8, 16] }, seeds: 2 });
    // s counts for the uniform family alone.
    expect([trials.length, repeated]).toEqual([4, 4]);
    for (const trial of trials) expect(trial.digest).toBe(trialDigest(mlp(), trial.params, trial.seed));
  });

  test("counts what it expands to", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        (widths, draws, seeds) => {
          const sweep = {
            axes: { width: widths },
            random: { count: draws, params: { learningRate: { uniform: [0.1, 0.9] } } },
            seeds,
          };
          const read = readSweep(sweep);
          if (!read.ok) throw new Error("unreadable");
          const expanded = expand(sweep);
          expect(countTrials(read.sweep)).toBe(expanded.trials.length + expanded.repeated);
        },
      ),
    );
  });

  test("in pieces is the same", async () => {
    const sweep = { axes: { width: { ladder: { from: 1, to: 1024 } } }, seeds: 3 };
    expect(await expandSweepInPieces(mlp(), sweep)).toEqual(expandSweep(mlp(), sweep));
  });
});

describe("a sweep that cannot be", () => {
  test("of a million trials is refused at once, without expanding", () => {
    const start = performance.now();
    expect(issues({ axes: { width: { ladder: { from: 1, to: 1024 } } }, seeds: 100_000 })).toEqual([
      { path: "sweep", message: expect.stringContaining("asks for 1,100,000 trials; the most is 100,000") },
    ]);
    // Expanding it takes seconds.
    expect(performance.now() - start).toBeLessThan(500);
  });

  test("with names that the experiment does not know is refused before anything is expanded", () => {
    const axes = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`a${index}`, [1]]));
    const start = performance.now();
    const found = issues({ axes, random: { params: { colour: { choice: [1] } }, count: 100_000 } });
    expect(found).toHaveLength(20);
    expect(found[0]).toEqual({
      path: "sweep.axes.a0",
      message: expect.stringMatching(/has no "a0"\. It knows: .*width/),
    });
    // Reading the names takes a fraction of this; expanding a thousand of them took seconds.
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test("of too many values, or nested too deeply, is refused unread", () => {
    const deep = JSON.parse(`${"[".repeat(200_000)}${"]".repeat(200_000)}`);
    for (const width of [deep, Array.from({ length: 60_000 }, () => 8), { a: deep }]) {
      expect(issues({ axes: { width } })).toEqual([{ path: "sweep", message: expect.stringContaining("too long") }]);
    }
  });

  test.each([
    [{ seeds: 0 }, "sweep.seeds", "At least one seed"],
    [{ seeds: "many" }, "sweep.seeds", "number of seeds"],
    [{ seeds: [] }, "sweep.seeds", "at least one seed"],
    [{ axes: { width: [] } }, "sweep.axes.width", "at least one value"],
    [{ axes: { width: { ladder: { from: 64, to: 8 } } } }, "sweep.axes.width", "ladder"],
    [{ fixed: { width: 8 }, axes: { width: [8, 16] } }, "sweep.axes.width", "fixed too"],
    [{ random: { count: 2, params: {} } }, "sweep.random.params", "at least one"],
    [
      { random: { count: 2, params: { learningRate: { logUniform: [1, 0.1] } } } },
      "sweep.random.params.learningRate",
      "low < high",
    ],
    [{ colour: "red" }, "sweep", "colour"],
    ["nonsense", "sweep", "Give names with their values."],
    [{ fixed: { widht: 8 } }, "sweep", "widht"],
    [{ axes: { width: [8, 0] } }, "sweep.axes.width", "cell: width 0"],
    [
      { fixed: { loss: "cross-entropy", dataset: "single-index" }, axes: { width: [8, 16] } },
      "sweep.fixed.loss",
      "cell: width 8",
    ],
  ])("%j says where and why", (sweep, path, words) => {
    const found = issues(sweep);
    expect(found.map((issue) => issue.path).some((at) => at.startsWith(path))).toBe(true);
    expect(found.map((issue) => issue.message).join(" ")).toContain(words);
  });

  // As JSON says them: in a program `__proto__` would be no name but the prototype.
  test.each([
    ['{ "axes": { "constructor": [1] } }', "sweep.axes.constructor", /has no "constructor"\. It knows: point/],
    ['{ "fixed": { "toString": 1 } }', "sweep.fixed.toString", /has no "toString"/],
    [
      '{ "random": { "count": 1, "params": { "valueOf": { "choice": [1] } } } }',
      "sweep.random.params.valueOf",
      /has no "valueOf"/,
    ],
    ['{ "axes": { "__proto__": [1, 2] } }', "sweep.axes.__proto__", /cannot be a name/],
    ['{ "fixed": { "width": { "__proto__": 1 } } }', "sweep.fixed.width.__proto__", /cannot be a name/],
    ['{ "__proto__": { "axes": {} } }', "sweep.__proto__", /cannot be a name/],
  ])("%s names no param, though every object of JavaScript has one", (json, path, message) => {
    expect(issues(JSON.parse(json))).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  test.each([
    [{ axes: { width: [8, 16, 8] } }, "sweep.axes.width", "8 stands here twice: leave one out."],
    [{ axes: { point: ["mup", "mup"] } }, "sweep.axes.point", '"mup" stands here twice: leave one out.'],
    [{ seeds: [3, 1, 3] }, "sweep.seeds", "3 stands here twice: leave one out."],
  ])("%j asks for the same twice, and is told so", (sweep, path, message) => {
    expect(issues(sweep)).toEqual([{ path, message }]);
  });

  test("a choice may name a value twice: it is then drawn twice as often", () => {
    const random = { count: 3, params: { width: { choice: [8, 8, 16] } } };
    expect(issues({ random })).toEqual([]);
  });

  test.each([
    [{ axes: { width: { ladder: { from: 0, to: 8 } } } }, "sweep.axes.width.ladder.from", "More than 0."],
    [{ random: { count: 1.5, params: {} } }, "sweep.random.count", "Give a whole number."],
    [{ random: { params: { width: { choice: [8] } } } }, "sweep.random.count", "This is missing."],
    [{ random: { count: 0, params: { width: { choice: [8] } } } }, "sweep.random.count", "At least 1."],
    [{ random: { count: 200_000, params: { width: { choice: [8] } } } }, "sweep.random.count", "At most 100,000."],
    [{ axes: { "": [8] } }, "sweep.axes.", "A name here has 1 to 100 characters."],
    [{ axes: [8] }, "sweep.axes", "Give names with their values."],
    [{ colour: "red" }, "sweep", 'There is no "colour" here.'],
    [{ seeds: [-1] }, "sweep.seeds.0", "At least 0."],
  ])("%j is answered in words, not in a validator's", (sweep, path, message) => {
    expect(issues(sweep)).toContainEqual({ path, message });
  });

  test("never throws, whatever it is", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (anything) => {
        expect(expandSweep(mlp(), anything)).toHaveProperty("ok");
        expect(expandSweep(mlp(), { axes: anything, fixed: anything })).toHaveProperty("ok");
      }),
    );
  });
});

test("a quote counts what remains to be computed", () => {
  const read = expand({ fixed: { steps: 10 }, axes: { width: [8, 16] }, seeds: 4 });
  const known = new Set(read.trials.slice(0, 3).map((trial) => trial.digest));
  const quote = atOnce(quoteOf(mlp(), read, known, 2, 1e9));
  expect(quote).toMatchObject({ trials: 8, adoptable: 3, workUnits: 2, assumedFlopsPerSecond: 1e9, warnings: [] });
  const single = (params: Record<string, unknown>) => mlp().cost([params]).flops;
  const flops = read.trials.slice(3).reduce((sum, trial) => sum + single(trial.params), 0);
  expect(quote.flops / flops).toBeCloseTo(1, 9);
  expect(quote.volunteerHours).toBeCloseTo((flops * 2) / 1e9 / 3600, 9);
  const lonely = atOnce(quoteOf(mlp(), expand({ fixed: { width: 8 } }), known, 2, 1e9));
  expect(lonely.warnings.join()).toContain("One seed only");
});

test("the study file has a JSON Schema that names its parts", () => {
  const schema = studyFileJsonSchema() as { required: string[]; properties: Record<string, unknown> };
  expect(schema.required.sort()).toEqual(["experiment", "question", "sweep", "title"]);
  expect(Object.keys(schema.properties).sort()).toEqual(
    ["description", "experiment", "license", "question", "quorum", "slug", "sweep", "title"].sort(),
  );
});

test.each([
  ["μP against SP, on MNIST!", "mup-against-sp-on-mnist"],
  ["Größe — où?", "gro-e-ou"],
  ["???", "study"],
])("the short name of %j", (title, slug) => {
  expect(slugOf(title)).toBe(slug);
});
