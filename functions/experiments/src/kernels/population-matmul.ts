import type { Tensor } from "@tensorflow/tfjs-core";
import { runKernel } from "./webgpu-kernel.ts";

/** Which operand is stored transposed. */
export type Transposed = "none" | "a" | "b";

/**
 * Stacks of matrix products without shared memory or barriers: each invocation makes a 4 × 4 tile in registers.
 * For software adapters, where a barrier stops every lane: 1 to 2 GFLOP/s on two cores of SwiftShader against tfjs's .05 to .5.
 * a is (p, m, k), or (p, k, m) when transposed; b is (p, k, n), or (p, n, k); a stack of one is broadcast. Returns (p, m, n).
 */
export function populationMatmul(a: Tensor, b: Tensor, transposed: Transposed): Tensor {
  const [pa = 1, a1 = 0, a2 = 0] = a.shape;
  const [pb = 1, b1 = 0, b2 = 0] = b.shape;
  const [m, k] = transposed === "a" ? [a2, a1] : [a1, a2];
  const n = transposed === "b" ? b1 : b2;
  const shape = [Math.max(pa, pb), m, n] as const;
  const vector = {
    a: (transposed === "a" ? m : k) % 4 === 0,
    b: (transposed === "b" ? k : n) % 4 === 0,
    out: n % 4 === 0,
  };
  return runKernel({
    name: `populationMatmul_${transposed}_${vector.a}_${vector.b}_${vector.out}`,
    shape,
    inputs: { A: a, B: b },
    integers: { m, n, k, strideA: pa === 1 ? 0 : m * k, strideB: pb === 1 ? 0 : k * n },
    components: { inputs: [vector.a ? 4 : 1, vector.b ? 4 : 1], output: vector.out ? 4 : 1 },
    grid: [Math.ceil(n / 32), Math.ceil(m / 32), shape[0]],
    code: () => source(transposed, vector),
  });
}

/** Four consecutive entries of a buffer from `index` on; reads past the end come back as some entry of the buffer, and are not stored. */
function load4(buffer: "A" | "B", vector: boolean, index: string): string {
  if (vector) return `${buffer}[(${index}) / 4]`;
  return `vec4<f32>(${buffer}[${index}], ${buffer}[${index} + 1], ${buffer}[${index} + 2], ${buffer}[${index} + 3])`;
}

function source(transposed: Transposed, vector: { a: boolean; b: boolean; out: boolean }): string {
  const rows = [0, 1, 2, 3];
  const edge = (last: string, from: string, r: number): string => `min(${from} + ${r}, ${last} - 1)`;
  const body = {
    // Four steps of k at a time. What lies past the end of k belongs to another row, or to another member, whose NaN times 0 would be NaN: it is taken out of both.
    none: `
      for (var q = 0; q < uniforms.k; q = q + 4) {
        let live = vec4<i32>(q, q + 1, q + 2, q + 3) < vec4<i32>(uniforms.k);
        ${rows.map((r) => `let b${r} = ${load4("B", vector.b, `baseB + ${edge("uniforms.k", "q", r)} * uniforms.n + column`)};`).join("\n")}
        ${rows.map((r) => `let a${r} = select(vec4<f32>(0), ${load4("A", vector.a, `baseA + ${edge("uniforms.m", "row", r)} * uniforms.k + q`)}, live);`).join("\n")}
        ${rows.map((r) => `sum${r} = fma(vec4<f32>(a${r}.w), b3, fma(vec4<f32>(a${r}.z), b2, fma(vec4<f32>(a${r}.y), b1, fma(vec4<f32>(a${r}.x), b0, sum${r}))));`).join("\n")}
      }`,
    a: `
      for (var q = 0; q < uniforms.k; q = q + 1) {
        let a0 = ${load4("A", vector.a, "baseA + q * uniforms.m + row")};
        let b0 = ${load4("B", vector.b, "baseB + q * uniforms.n + column")};
        ${rows.map((r) => `sum${r} = fma(vec4<f32>(a0[${r}]), b0, sum${r});`).join("\n")}
      }`,
    b: `
      for (var q = 0; q < uniforms.k; q = q + 4) {
        let live = vec4<i32>(q, q + 1, q + 2, q + 3) < vec4<i32>(uniforms.k);
        ${rows.map((r) => `let b${r} = select(vec4<f32>(0), ${load4("B", vector.b, `baseB + ${edge("uniforms.n", "column", r)} * uniforms.k + q`)}, live);`).join("\n")}
        ${rows
          .map(
            (r) =>
              `{ let a = select(vec4<f32>(0), ${load4("A", vector.a, `baseA + ${edge("uniforms.m", "row", r)} * uniforms.k + q`)}, live);
        sum${r} = sum${r} + vec4<f32>(dot(a, b0), dot(a, b1), dot(a, b2), dot(a, b3)); }`,
          )
          .join("\n")}
      }`,
  }[transposed];
  const store = rows
    .map((r) =>
      vector.out
        ? `if (row + ${r} < uniforms.m) { result[(baseOut + ${r} * uniforms.n) / 4] = sum${r}; }`
        : rows
            .map(
              (c) =>
                `if (row + ${r} < uniforms.m && column + ${c} < uniforms.n) { result[baseOut + ${r} * uniforms.n + ${c}] = sum${r}[${c}]; }`,
            )
            .join("\n"),
    )
    .join("\n");
  return `
    fn main() {
      let column = i32(globalId.x) * 4;
      let row = i32(globalId.y) * 4;
      if (column >= uniforms.n || row >= uniforms.m) { return; }
      let baseA = i32(globalId.z) * uniforms.strideA;
      let baseB = i32(globalId.z) * uniforms.strideB;
      let baseOut = i32(globalId.z) * uniforms.m * uniforms.n + row * uniforms.n + column;
      ${rows.map((r) => `var sum${r} = vec4<f32>(0);`).join("\n")}
      ${body}
      ${store}
    }`;
}
