import { normalQuantile } from "@widefield/experiments/random/normal-quantile";
import { openStream, type purposes } from "@widefield/experiments/random/random-stream";
import { threefry2x32 } from "@widefield/experiments/random/threefry";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("Threefry-2x32, 20 rounds", () => {
  // Random123 1.14.0, tests/kat_vectors, "threefry2x32 20": counter, key, result.
  test.each([
    [0, 0, 0, 0, 0x6b200159, 0x99ba4efe],
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x1cb996fc, 0xbb002be7],
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xc4923a9c, 0x483df7a0],
  ])("known answer of counter %i %i, key %i %i", (c0, c1, k0, k1, x0, x1) => {
    const out = new Uint32Array(3);
    threefry2x32(out, 1, c0, c1, k0, k1);
    expect([...out]).toEqual([0, x0, x1]);
  });
});

describe("the normal quantile", () => {
  // The usual tables, rounded to 15 or 16 digits.
  test.each([
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.25, -0.6744897501960817],
    [1e-3, -3.090232306167813],
    [1e-10, -6.361340902404056],
    [1e-20, -9.26234008979841],
  ])("of %d", (p, x) => {
    // AS 241 promises 1 part in 1e16; the tables' last digit and a few roundings come on top.
    expect(Math.abs(normalQuantile(p) - x)).toBeLessThanOrEqual(2e-15 * Math.max(1, Math.abs(x)));
  });

  test("is undone by the integral of the density", () => {
    // Simpson's rule from 0; error below 1e-12 for 2000 panels over at most 6.5.
    const cdf = (x: number): number => {
      const panels = 2000;
      const h = x / panels;
      let sum = 0;
      for (let i = 0; i <= panels; i++) {
        sum += (i === 0 || i === panels ? 1 : i % 2 === 1 ? 4 : 2) * Math.exp((-(i * h) * (i * h)) / 2);
      }
      return 0.5 + (sum * h) / 3 / Math.sqrt(2 * Math.PI);
    };
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (p) => {
        expect(Math.abs(cdf(normalQuantile(p)) - p)).toBeLessThan(1e-12);
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});

describe("streams", () => {
  const normals = (seed: number, purpose: keyof typeof purposes, index: number, count = 20_000): Float32Array => {
    const out = new Float32Array(count);
    openStream(seed, purpose, index).fillNormal(out, 1);
    return out;
  };

  test("are bit for bit what they were: results depend on it", () => {
    expect([...normals(1, "weights", 1, 4)]).toMatchInlineSnapshot(`
      [
        0.992938756942749,
        -1.242080807685852,
        -0.5307092070579529,
        -1.291548252105713,
      ]
    `);
    expect([...openStream(7, "batches", 0).permutation(8)]).toMatchInlineSnapshot(`
      [
        4,
        2,
        3,
        0,
        7,
        1,
        6,
        5,
      ]
    `);
    expect([...normals(1, "weights", 1, 4)]).not.toEqual([...normals(1, "weights", 2, 4)]);
  });

  test("have normal moments", () => {
    const values = normals(3, "weights", 2, 400_000);
    const moment = (power: number): number => values.reduce((sum, v) => sum + v ** power, 0) / values.length;
    // Four standard errors of each moment: sqrt(var / n) with var 1, 2, 15, 96.
    const allowed = (variance: number): number => 4 * Math.sqrt(variance / values.length);
    expect(Math.abs(moment(1))).toBeLessThan(allowed(1));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(allowed(2));
    expect(Math.abs(moment(3))).toBeLessThan(allowed(15));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(allowed(96));
  });

  test("of other seeds, purposes and indices are uncorrelated", () => {
    const streams = [
      normals(1, "weights", 1),
      normals(2, "weights", 1),
      normals(1, "batches", 1),
      normals(1, "weights", 2),
    ];
    for (const [i, a] of streams.entries()) {
      for (const b of streams.slice(i + 1)) {
        const correlation = a.reduce((sum, v, at) => sum + v * (b[at] ?? 0), 0) / a.length;
        expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(a.length));
      }
    }
  });

  test("do not depend on how they are read", () => {
    const whole = new Uint32Array(10);
    openStream(5, "teacher").fillWords(whole);
    const stream = openStream(5, "teacher");
    const parts = [3, 1, 6].flatMap((length) => {
      const part = new Uint32Array(length);
      stream.fillWords(part);
      return [...part];
    });
    expect(parts).toEqual([...whole]);
  });

  test("permute: every order of three is equally likely", () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed++) {
      const order = [...openStream(seed, "batches").permutation(3)].join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(["012", "021", "102", "120", "201", "210"]);
    // Five standard deviations of a binomial(6000, 1/6).
    for (const count of counts.values())
      expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(6000 * (1 / 6) * (5 / 6)));
  });
});
