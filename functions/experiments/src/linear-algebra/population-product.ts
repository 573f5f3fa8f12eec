import { matMul, type Tensor, transpose } from "@tensorflow/tfjs-core";

/**
 * Products of matrices, or of stacks of matrices with a leading population axis (p, rows, columns); a stack of one is broadcast.
 * Named after what they are in a net with rows of examples: x (batch, in), w (in, out), g (batch, out).
 */
export interface PopulationProduct {
  /** x w: (batch, out) */
  forward(x: Tensor, w: Tensor): Tensor;
  /** xᵀ g: (in, out) */
  weightGradient(x: Tensor, g: Tensor): Tensor;
  /** g wᵀ: (batch, in) */
  inputGradient(g: Tensor, w: Tensor): Tensor;
  /** x xᵀ: (batch, batch) */
  gram(x: Tensor): Tensor;
}

/** One dispatch for the whole stack; WebGPU kernels read transposed operands in place. */
export const stackedProduct: PopulationProduct = {
  forward: (x, w) => matMul(x, w),
  weightGradient: (x, g) => matMul(x, g, true, false),
  inputGradient: (g, w) => matMul(g, w, false, true),
  gram: (x) => matMul(x, x, false, true),
};

/**
 * Plain matrices only, for wasm: tfjs's wasm matMul runs at 20 to 35 GFLOP/s, but at 1 to 2.5 with a transposed operand or a batch axis, where it falls to a naive loop.
 * Only activations are ever transposed, (batch, n), never weights, (n, n): g wᵀ is taken as (w gᵀ)ᵀ.
 */
export const plainProduct: PopulationProduct = {
  forward: (x, w) => matMul(x, w),
  weightGradient: (x, g) => matMul(transpose(x), g),
  inputGradient: (g, w) => transpose(matMul(w, transpose(g))),
  gram: (x) => matMul(x, transpose(x)),
};
