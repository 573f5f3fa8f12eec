import type { Tensor } from "@tensorflow/tfjs-core";
import { runKernel } from "./webgpu-kernel.ts";

export type LossKind = "mse" | "linear" | "logistic" | "cross-entropy";

/** Loss of each example, (p, batch), of f (p, batch, k) against y (p or 1, batch, k): one invocation an example, one dispatch. */
export function lossPerExample(kind: LossKind, f: Tensor, y: Tensor): Tensor {
  const [p = 1, batch = 0, k = 0] = f.shape;
  const rule = {
    mse: "for (var j = 0; j < uniforms.k; j++) { let e = f[at + j] - y[aty + j]; sum += 0.5 * e * e; }",
    linear: "for (var j = 0; j < uniforms.k; j++) { sum -= f[at + j] * y[aty + j]; }",
    logistic: "let margin = f[at] * y[aty]; sum = max(-margin, 0) + log(1 + exp(-abs(margin)));",
    "cross-entropy": `${largest}
      var powers = 0f;
      for (var j = 0; j < uniforms.k; j++) { let z = f[at + j] - top; powers += exp(z); sum -= z * y[aty + j]; }
      sum += log(powers);`,
  }[kind];
  return runKernel({
    name: `lossPerExample_${kind}`,
    shape: [p, batch],
    inputs: { f, y },
    integers: { k, examples: p * batch, sizeY: y.size },
    invocations: p * batch,
    code: () => `fn main(index : i32) {
      if (index >= uniforms.examples) { return; }
      let at = index * uniforms.k;
      let aty = at % uniforms.sizeY;
      var sum = 0f;
      ${rule}
      result[index] = sum;
    }`,
  });
}

/** ∂loss/∂f times `scale`, (p, batch, k). */
export function lossGradient(kind: LossKind, f: Tensor, y: Tensor, scale: number): Tensor {
  const [p = 1, batch = 0, k = 0] = f.shape;
  const each = (value: string): string =>
    `for (var j = 0; j < uniforms.k; j++) { result[at + j] = uniforms.scale * (${value}); }`;
  const rule = {
    mse: each("f[at + j] - y[aty + j]"),
    linear: each("-y[aty + j]"),
    logistic: each("-y[aty + j] / (1 + exp(f[at + j] * y[aty + j]))"),
    "cross-entropy": `${largest}
      var powers = 0f;
      for (var j = 0; j < uniforms.k; j++) { powers += exp(f[at + j] - top); }
      ${each("exp(f[at + j] - top) / powers - y[aty + j]")}`,
  }[kind];
  return runKernel({
    name: `lossGradient_${kind}`,
    shape: [p, batch, k],
    inputs: { f, y },
    integers: { k, examples: p * batch, sizeY: y.size },
    floats: { scale },
    invocations: p * batch,
    code: () => `fn main(index : i32) {
      if (index >= uniforms.examples) { return; }
      // A buffer that the code does not name is left out of the pipeline's layout, and the linear loss needs no f.
      _ = &f;
      let at = index * uniforms.k;
      let aty = at % uniforms.sizeY;
      ${rule}
    }`,
  });
}

/** 1 for each example classified rightly, else 0, (p, batch): the largest of k outputs at the one-hot y, or one output of the sign of y. */
export function hitPerExample(f: Tensor, y: Tensor): Tensor {
  const [p = 1, batch = 0, k = 0] = f.shape;
  return runKernel({
    name: "hitPerExample",
    shape: [p, batch],
    inputs: { f, y },
    integers: { k, examples: p * batch, sizeY: y.size },
    invocations: p * batch,
    code: () => `fn main(index : i32) {
      if (index >= uniforms.examples) { return; }
      let at = index * uniforms.k;
      let aty = at % uniforms.sizeY;
      var best = 0;
      for (var j = 1; j < uniforms.k; j++) { if (f[at + j] > f[at + best]) { best = j; } }
      let right = select(y[aty + best] > 0.5, f[at] * y[aty] > 0, uniforms.k == 1);
      result[index] = select(0f, 1f, right);
    }`,
  });
}

const largest = `var top = f[at];
      for (var j = 1; j < uniforms.k; j++) { top = max(top, f[at + j]); }`;
