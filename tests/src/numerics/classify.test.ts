import {
  type AbcParametrization,
  abcOf,
  namedPoints,
  shiftAbc,
} from "@widefield/experiments/feature-learning/abc-parametrization";
import { abcdOf, shiftAbcd } from "@widefield/experiments/feature-learning/abcd-parametrization";
import { classify } from "@widefield/experiments/feature-learning/classify";
import { classifyAdaptive } from "@widefield/experiments/feature-learning/classify-adaptive";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const close = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThan(1e-9);
const layers = fc.integer({ min: 1, max: 8 });
/** Exponents on a grid of quarters, so that equalities occur. */
const exponent = fc.integer({ min: -8, max: 8 }).map((quarters) => quarters / 4);
const randomPoint = layers.chain((depth) =>
  fc.record({
    depth: fc.constant(depth),
    point: fc.record<AbcParametrization>({
      a: fc.array(exponent, { minLength: depth + 1, maxLength: depth + 1 }),
      b: fc.array(exponent, { minLength: depth + 1, maxLength: depth + 1 }),
      c: exponent,
    }),
  }),
);

describe("the table of arXiv 2011.14522", () => {
  test.each([
    ["sp", [0, 0, 0], [0, 0.5, 0.5], 1, 0.5, "kernel"],
    ["ntp", [0, 0.5, 0.5], [0, 0, 0], 0, 0.5, "kernel"],
    ["mup", [-0.5, 0, 0.5], [0.5, 0.5, 0.5], 0, 0, "feature"],
  ] as const)("%s with two hidden layers", (name, a, b, c, r, verdict) => {
    expect(abcOf(name, 2)).toEqual({ a, b, c });
    const found = classify(name, 2);
    close(found.r, r);
    expect(found.verdict).toBe(verdict);
  });

  test("mfp with one", () => {
    expect(abcOf("mfp", 1)).toEqual({ a: [0, 1], b: [0, 0], c: -1 });
    expect(classify("mfp", 1)).toMatchObject({ r: 0, verdict: "feature" });
  });

  test("sp with one hidden layer moves only its readout", () => {
    const found = classify("sp", 1);
    close(found.r, 1.5);
    expect(found.updatedMaximally).toEqual([false, true]);
  });

  test.each([2, 3, 8])("the regimes hold at depth %i", (depth) => {
    expect(namedPoints.filter((p) => p !== "up").map((p) => classify(p, depth).verdict)).toEqual([
      "feature",
      "kernel",
      "kernel",
      "feature",
    ]);
  });

  test("muP does everything maximally", () => {
    const found = classify("mup", 3);
    expect(found.updatedMaximally).toEqual([true, true, true, true]);
    expect(found.readoutInitialisedMaximally).toBe(true);
    expect(found.inequalities.every(({ holds }) => holds)).toBe(true);
    expect(found.logitExponents).toEqual({ initial: -0.5, readoutUpdate: 0, featureUpdate: 0 });
  });

  test("sp at c = 0 and ½ is unstable, muP at c = 1 trivial", () => {
    const at = (point: AbcParametrization, c: number): AbcParametrization => ({ ...point, c });
    expect(classify(at(abcOf("sp", 2), 0), 2).verdict).toBe("unstable");
    const half = classify(at(abcOf("sp", 2), 0.5), 2);
    expect(half.verdict).toBe("unstable");
    // Measured logit slope: +.498.
    close(half.logitExponents.readoutUpdate, 0.5);
    const slow = classify(at(abcOf("mup", 2), 1), 2);
    expect(slow.verdict).toBe("trivial");
    expect(slow.movementExponents).toEqual([-1, -1]);
  });

  test("a layer moves with the fastest below it: sp 3/2, then 1/2", () => {
    expect(classify("sp", 2).movementExponents).toEqual([-1.5, -0.5]);
  });
});

describe("properties", () => {
  test("the symmetry changes nothing", () => {
    fc.assert(
      fc.property(randomPoint, fc.double({ min: -5, max: 5, noNaN: true }), ({ point, depth }, theta) => {
        const before = classify(point, depth);
        const after = classify(shiftAbc(point, theta), depth);
        expect(after.verdict).toBe(before.verdict);
        close(after.r, before.r);
        expect(after.inequalities.map(({ holds }) => holds)).toEqual(before.inequalities.map(({ holds }) => holds));
        expect(after.updatedMaximally).toEqual(before.updatedMaximally);
      }),
      { seed: 1 },
    );
  });

  test("UP_s has r = s, learns features at 0 and is a kernel up to ½", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.5, noNaN: true }), layers, (s, depth) => {
        const found = classify(`up:${s}`, depth);
        close(found.r, s);
        for (const rl of found.rByLayer) close(rl, s);
        expect(found.verdict).toBe(s <= 1e-9 ? "feature" : "kernel");
      }),
      {
        seed: 2,
        examples: [
          [0.08, 3],
          [0, 1],
          [0.5, 8],
        ],
      },
    );
    expect(abcOf("up", 3, 0)).toEqual(abcOf("mup", 3));
    expect(abcOf("up", 3, 0.5)).toEqual(abcOf("ntp", 3));
  });

  test("exactly one verdict, as the definitions have it", () => {
    fc.assert(
      fc.property(randomPoint, ({ point, depth }) => {
        const { verdict, inequalities, r, logitExponents } = classify(point, depth);
        const stable = inequalities.filter(({ needs }) => needs === "stable").every(({ holds }) => holds);
        const nontrivial = inequalities.filter(({ needs }) => needs === "nontrivial").some(({ holds }) => holds);
        const holding = {
          unstable: !stable,
          trivial: stable && !nontrivial,
          kernel: stable && nontrivial && r > 1e-9,
          feature: stable && nontrivial && Math.abs(r) <= 1e-9,
        };
        expect(Object.entries(holding).filter(([, holds]) => holds)).toEqual([[verdict, true]]);
        if (verdict === "feature") expect(logitExponents.initial).toBeLessThan(0);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test("muP is the only stable point with every layer updated and the readout initialised maximally", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -2, max: 2 }),
        fc.integer({ min: -2, max: 2 }),
        fc.integer({ min: -2, max: 2 }),
        (first, middle, last) => {
          const quarter = (n: number): number => n / 4;
          const a = [-0.5 + quarter(first), quarter(middle), 0.5 + quarter(last)];
          const found = classify({ a, b: [-(a[0] ?? 0), 0.5 - (a[1] ?? 0), 1 - (a[2] ?? 0)], c: 0 }, 2);
          const all =
            found.verdict !== "unstable" && found.updatedMaximally.every(Boolean) && found.readoutInitialisedMaximally;
          expect(all).toBe(first === 0 && middle === 0 && last === 0);
        },
      ),
      { seed: 4, numRuns: 125 },
    );
  });
});

describe("Adam and SignSGD, arXiv 2308.01814", () => {
  test.each([
    ["mup", 0, "feature"],
    ["ntp", 0.5, "kernel"],
    // Features move by order one, but logits grow as n^½: what measurements show as well (+.49).
    ["sp", 0, "unstable"],
  ] as const)("%s has r = %d and is %s", (name, r, verdict) => {
    for (const depth of [1, 2, 5]) {
      const found = classifyAdaptive(abcdOf(name, depth), depth);
      if (depth > 1) close(found.r, r);
      if (depth > 1 || name !== "sp") expect(found.verdict).toBe(verdict);
    }
  });

  test("stable sp needs c = (½, 3/2, 1)", () => {
    const point = { ...abcdOf("sp", 2), c: [0.5, 1.5, 1] };
    expect(classifyAdaptive(point, 2)).toMatchObject({ verdict: "kernel", r: 0.5 });
  });

  test("the symmetry changes nothing, and d does not count without ε", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("mup", "ntp", "sp"),
        layers,
        fc.double({ min: -4, max: 4, noNaN: true }),
        (name, depth, theta) => {
          const point = abcdOf(name, depth);
          const before = classifyAdaptive(point, depth);
          const after = classifyAdaptive(shiftAbcd(point, theta), depth);
          expect(after.verdict).toBe(before.verdict);
          for (const [l, rl] of after.rByLayer.entries()) close(rl, before.rByLayer[l] ?? Number.NaN);
          const other = { ...point, d: point.d.map((d) => d + 0.25) };
          expect(classifyAdaptive(other, depth).verdict).toBe("unstable");
          expect(classifyAdaptive(other, depth, true).verdict).toBe(before.verdict);
        },
      ),
      { seed: 5 },
    );
  });
});

test("what is not a parametrization is refused in words", () => {
  expect(() => classify("xyz", 2)).toThrow(/Unknown parametrization "xyz"/);
  expect(() => classify("up", 2)).toThrow(/up:<s>/);
  expect(() => classify("up:", 2)).toThrow(/no number after the colon/);
  expect(() => classify("mup", 0)).toThrow(/whole number from 1 up/);
  expect(() => classify({ a: [0, 0], b: [0, 0, 0], c: 0 }, 2)).toThrow(/a has 2 entries; 2 hidden layers need 3/);
  expect(() => classify({ a: [0, Number.NaN, 0], b: [0, 0, 0], c: 0 }, 2)).toThrow(/not a finite number/);
});
