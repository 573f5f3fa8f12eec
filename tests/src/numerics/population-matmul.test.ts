import { memory, type Tensor, tensor } from "@tensorflow/tfjs-core";
import type { ComputeBackend } from "@widefield/experiments/backend/compute-backend";
import { populationMatmul, type Transposed } from "@widefield/experiments/kernels/population-matmul";
import { openStream } from "@widefield/experiments/random/random-stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openNodeGpu } from "./node-gpu.ts";

let backend: ComputeBackend | null = null;
beforeAll(async () => {
  backend = await openNodeGpu();
}, 60_000);
afterAll(() => backend?.dispose());

const sizes: [p: number, m: number, k: number, n: number][] = [
  [3, 8, 16, 32],
  [2, 5, 7, 10],
  [2, 6, 9, 1],
  [1, 1, 1, 1],
  [4, 33, 3, 2],
  [2, 12, 5, 8],
];

describe.each(["none", "a", "b"] as const)("the own matrix product, transposed: %s", (transposed) => {
  test.for(sizes)("p, m, k, n = %s, %s, %s, %s", { timeout: 30_000 }, async ([p, m, k, n], { skip }) => {
    if (!backend) return skip("no WebGPU adapter");
    const a = normals(1, p * m * k);
    const b = normals(2, p * k * n);
    const made = await product(a, b, [p, m, k, n], transposed);
    const wanted = oracle(a, b, [p, m, k, n], transposed);
    // k products and sums of numbers of order one in f32.
    const tolerance = 1e-6 * k;
    expect(made.length).toBe(wanted.length);
    expect(wanted.filter((value, i) => !(Math.abs(value - (made[i] ?? Number.NaN)) <= tolerance))).toEqual([]);
  });

  test("one member's NaN stays with it", { timeout: 30_000 }, async ({ skip }) => {
    if (!backend) return skip("no WebGPU adapter");
    for (const [m, k, n] of [
      [5, 7, 10],
      [6, 1, 9],
      [4, 8, 12],
    ] as const) {
      const a = normals(1, 3 * m * k);
      const b = normals(2, 3 * k * n);
      a.fill(Number.NaN, m * k, 2 * m * k);
      b.fill(Number.NaN, k * n, 2 * k * n);
      const made = await product(a, b, [3, m, k, n], transposed);
      expect([...made.subarray(0, m * n), ...made.subarray(2 * m * n)].every(Number.isFinite)).toBe(true);
      expect([...made.subarray(m * n, 2 * m * n)].some(Number.isFinite)).toBe(false);
    }
  });
});

test("a stack of one is broadcast, and nothing is left behind", { timeout: 30_000 }, async ({ skip }) => {
  if (!backend) return skip("no WebGPU adapter");
  const before = memory().numTensors;
  const a = normals(1, 3 * 4);
  const b = normals(2, 2 * 4 * 5);
  const left = tensor(a, [1, 3, 4]);
  const right = tensor(b, [2, 4, 5]);
  const made = populationMatmul(left, right, "none");
  const twice = Float32Array.from([...a, ...a]);
  const wanted = oracle(twice, b, [2, 3, 4, 5], "none");
  const values = await made.data();
  expect(wanted.every((value, i) => Math.abs(value - Number(values[i])) < 1e-5)).toBe(true);
  for (const used of [left, right, made]) used.dispose();
  expect(memory().numTensors).toBe(before);
});

type Sizes = readonly [p: number, m: number, k: number, n: number];

function normals(seed: number, count: number): Float32Array {
  const values = new Float32Array(count);
  openStream(seed, "teacher").fillNormal(values, 1);
  return values;
}

async function product(
  a: Float32Array,
  b: Float32Array,
  [p, m, k, n]: Sizes,
  transposed: Transposed,
): Promise<Float32Array> {
  const left = tensor(a, transposed === "a" ? [p, k, m] : [p, m, k]);
  const right = tensor(b, transposed === "b" ? [p, n, k] : [p, k, n]);
  const made: Tensor = populationMatmul(left, right, transposed);
  const values = (await made.data()) as Float32Array;
  for (const used of [left, right, made]) used.dispose();
  return values;
}

/** The definition, in f64. */
function oracle(a: Float32Array, b: Float32Array, [p, m, k, n]: Sizes, transposed: Transposed): number[] {
  const entry = (
    values: Float32Array,
    member: number,
    rows: number,
    columns: number,
    row: number,
    column: number,
    flipped: boolean,
  ): number => values[member * rows * columns + (flipped ? column * rows + row : row * columns + column)] ?? Number.NaN;
  const out: number[] = [];
  for (let member = 0; member < p; member++) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let q = 0; q < k; q++) {
          sum += entry(a, member, m, k, i, q, transposed === "a") * entry(b, member, k, n, q, j, transposed === "b");
        }
        out.push(sum);
      }
    }
  }
  return out;
}
