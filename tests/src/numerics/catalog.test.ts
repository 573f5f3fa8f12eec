import { experiments, findExperiment, paramsJsonSchema, parseParams } from "@widefield/experiments/catalog";
import { metricOf } from "@widefield/experiments/contract/agreement";
import { trialDigest } from "@widefield/experiments/contract/identity";
import { kernelDigest } from "@widefield/experiments/kernel-digest";
import { computeKernelDigest } from "@widefield/experiments/kernel-digest/compute-kernel-digest";
import { describe, expect, test } from "vitest";
import { mlpDefinition } from "./run-mlp.ts";

const definition = mlpDefinition();
const parse = (raw: unknown): Record<string, unknown> => {
  const parsed = parseParams(definition, raw);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.params;
};
const issues = (raw: unknown): string[] => {
  const parsed = parseParams(definition, raw);
  return parsed.ok ? [] : parsed.issues.map(({ path, message }) => `${path}: ${message}`);
};
/** The most that the API reads of a request, in bytes. */
const largestBody = 8 * 1024 * 1024;
const digest = (raw: unknown): string => trialDigest(definition, parse(raw), 1);

test("experiments are found by name, with or without a version", () => {
  expect(findExperiment("feature-learning.mlp@1")).toBe(definition);
  expect(findExperiment("feature-learning.mlp")).toBe(definition);
  expect(findExperiment("feature-learning.mlp", 1)).toBe(definition);
  expect(findExperiment("feature-learning.mlp@2")).toBeUndefined();
  expect(findExperiment("feature-learning.nothing")).toBeUndefined();
  for (const suffix of ["@", "@1@x", "@0x1", "@1.0", "@01", "@ 1", "@1e0", " @1", "@-1"]) {
    expect(findExperiment(`feature-learning.mlp${suffix}`), suffix).toBeUndefined();
  }
});

describe.each(experiments.map((each) => [each.id, each] as const))("%s", (_id, each) => {
  test("has a form: every field a title and help, every default valid", () => {
    const schema = paramsJsonSchema(each) as {
      properties: Record<string, { title?: string; description?: string }>;
      required?: string[];
    };
    for (const [name, field] of Object.entries(schema.properties)) {
      expect(field.title, name).toMatch(/\S/);
      expect(field.description, name).toMatch(/\.$/);
    }
    expect(schema.required ?? []).toEqual([]);
    expect(parseParams(each, {}).ok).toBe(true);
  });

  test("draws what it measures", () => {
    expect(Object.keys(each.params.shape)).toEqual(
      expect.arrayContaining([each.view.x, each.view.color, each.view.tune]),
    );
    expect(metricOf(each, each.view.y)).toBeDefined();
  });

  test("its cost grows with the pack, and is positive", () => {
    const params = parse({});
    const one = each.cost([params]);
    const two = each.cost([params, params]);
    expect(two.flops).toBe(2 * one.flops);
    for (const cost of [one, two])
      for (const value of [cost.flops, cost.peakBytes, cost.largestBufferBytes]) expect(value).toBeGreaterThan(0);
  });
});

describe("params of feature-learning.mlp", () => {
  test("what does not count does not change the digest", () => {
    expect(digest({ point: "mup", s: 0.4 })).toBe(digest({}));
    expect(digest({ optimizer: "sgd", momentum: 0.5 })).toBe(digest({}));
    expect(digest({ dataset: "mnist", inputDim: 99, dataSeed: 3 })).toBe(digest({ dataset: "mnist" }));
    expect(digest({ a: [0, 0, 0], b: [0, 0, 0], c: 1 })).toBe(digest({}));
    expect(digest({ trainSize: 32, batchSize: 64 })).toBe(digest({ trainSize: 32, batchSize: 32 }));
    expect(digest({ steps: 10, evalEvery: 50 })).toBe(digest({ steps: 10, evalEvery: 10 }));
    expect(digest({ loss: "linear", divergenceFactor: 3 })).toBe(digest({ loss: "linear" }));
    const adam = { optimizer: "adam", point: "explicit", a: [0, 0.5, 1], b: [0, 0, 0] };
    expect(digest({ ...adam, c: 1 })).toBe(digest({ ...adam, c: [1, 1, 1] }));
    expect(digest({ point: "up", s: 0.4 })).not.toBe(digest({ point: "up" }));
    expect(digest({ dataSeed: 3 })).not.toBe(digest({}));
  });

  test("parsing what was parsed changes nothing", () => {
    for (const raw of [
      {},
      { point: "explicit", a: [0, 0, 0], b: [0, 0.5, 0.5], c: 1 },
      { dataset: "mnist", loss: "cross-entropy" },
    ]) {
      expect(parse(parse(raw))).toEqual(parse(raw));
    }
  });

  test("bad ones are answered field by field", () => {
    expect(issues({ width: 0 })).toEqual(["width: Too small: expected number to be >=1"]);
    expect(issues({ width: 20_000 })).toEqual(["width: Too big: expected number to be <=16384"]);
    expect(issues({ width: 1.5 })[0]).toMatch(/^width: .*int/);
    expect(issues({ learningRate: Number.NaN })[0]).toMatch(/^learningRate: /);
    expect(issues({ widht: 64 })[0]).toMatch(/has no "widht"\. It knows: .*width/);
    expect(issues(null)[0]).toMatch(/expected object/);
    expect(issues({ point: "explicit" })).toHaveLength(3);
    expect(issues({ point: "explicit", a: [0, 0], b: [0, 0, 0], c: 0 })).toEqual([
      "a: a has 2 entries; depth 2 needs 3, one for each weight matrix.",
    ]);
    expect(issues({ point: "explicit", a: [0, 0, 0], b: [0, 0, 0], c: "x" })[0]).toMatch(/^c: c is one number/);
    expect(issues({ point: "mfp", optimizer: "adam" })[0]).toMatch(/^point: Adam has no "mfp"/);
    expect(issues({ dataset: "staircase", loss: "cross-entropy" })[0]).toMatch(/^loss: Cross-entropy needs classes/);
    expect(issues({ dataset: "parity", degree: 5, inputDim: 4 })[0]).toMatch(/^degree: /);
    expect(issues({ steps: 30_000, evalEvery: 1 })).toEqual([
      "evalEvery: A learning curve has 2000 points at most. Evaluate 30000 steps every 16 or more.",
    ]);
    expect(issues({ steps: 30_000, evalEvery: 16 })).toEqual([]);
  });

  test("the longest curves of a full pack fit into one request", () => {
    expect(issues({ steps: 1_999, evalEvery: 1 })).toEqual([]);
    expect(issues({ steps: 2_000, evalEvery: 1 })).toHaveLength(1);
    const at = Array.from({ length: 2_000 }, (_, step) => step);
    const values = at.map((step) => Math.fround(Math.exp(-step / 700) * 1.234e-5));
    const curves = definition.series.map(({ name }) => ({ name, steps: at, values }));
    const pack = Array.from({ length: definition.maxPack }, () => ({ curves }));
    expect(JSON.stringify(pack).length).toBeLessThan(0.95 * largestBody);
  });

  test("trials of any point, learning rate and weight scale share a program; other shapes do not", () => {
    const key = (raw: unknown): string => definition.packKey(parse(raw));
    expect(key({ point: "ntp", learningRate: 3, weightScale: 2 })).toBe(key({}));
    expect(key({ point: "explicit", a: [0, 0, 0], b: [0, 0.5, 0.5], c: 1, divergenceFactor: 50 })).toBe(key({}));
    for (const raw of [
      { width: 128 },
      { depth: 3 },
      { activation: "relu" },
      { steps: 499 },
      { optimizer: "adam" },
      { dataSeed: 1 },
    ]) {
      expect(key(raw)).not.toBe(key({}));
    }
  });

  test("theory stands beside each of them", () => {
    const theory = (raw: unknown) => definition.theory(parse(raw));
    expect(theory({})).toMatchObject({
      verdict: "feature",
      exponents: { "featureMovement.1": 0, "featureMovement.2": 0, featureKernelDrift: 0 },
    });
    expect(theory({ point: "sp" })).toMatchObject({
      verdict: "kernel",
      exponents: { "featureMovement.1": -1.5, "featureMovement.2": -0.5, featureKernelDrift: -1 },
    });
    expect(theory({ point: "sp", optimizer: "adam" })).toMatchObject({ verdict: "unstable", exponents: {} });
    expect(theory({ activation: "linear" })?.assumptions).toMatch(/linear, so the dichotomy is not guaranteed/);
    expect(JSON.parse(JSON.stringify(theory({})))).toEqual(theory({}));
  });

  test("images are the only download", () => {
    expect(definition.datasets(parse({ dataset: "fashion-mnist" }))).toEqual(["fashion-mnist"]);
    expect(definition.datasets(parse({}))).toEqual([]);
    expect(definition.cost([parse({})]).downloadBytes).toBe(0);
    expect(definition.cost([parse({ dataset: "mnist" })]).downloadBytes).toBeGreaterThan(5e7);
  });
});

test("the kernel digest belongs to the code: npm run generate makes it new", () => {
  expect(kernelDigest).toMatch(/^[0-9a-f]{16}$/);
  expect(kernelDigest).toBe(computeKernelDigest());
});
