import { matMul, ones, reshape, sum, type Tensor, tidy, transpose } from "@tensorflow/tfjs-core";
import type { ComputeBackend } from "../backend/compute-backend.ts";
import { isSoftware } from "../backend/software-adapter.ts";
import { populationMatmul } from "../kernels/population-matmul.ts";

/**
 * Products of matrices, or of stacks of matrices with a leading population axis (p, rows, columns); a stack of one is broadcast.
 * Named after what they are in a net with rows of examples: x (batch, in), w (in, out), g (batch, out).
 */
export interface PopulationProduct {
  /** Is the first weight matrix held as (out, in)? */
  readonly firstTransposed: boolean;
  /** x w for the first layer; xᵀ where the caller has it. */
  first(x: Tensor, w: Tensor, transposedX?: Tensor): Tensor;
  /** The gradient of the first weight matrix, in the form in which it is held. */
  firstGradient(x: Tensor, g: Tensor): Tensor;
  /** x w: (batch, out) */
  forward(x: Tensor, w: Tensor): Tensor;
  /** xᵀ g: (in, out) */
  weightGradient(x: Tensor, g: Tensor): Tensor;
  /** g wᵀ: (batch, in) */
  inputGradient(g: Tensor, w: Tensor): Tensor;
  /** Sum of all entries of each matrix: (p), or a scalar. */
  total(values: Tensor): Tensor;
}

/** The products that are fastest on a device. */
export function productOf(backend: ComputeBackend): PopulationProduct {
  if (backend.name !== "webgpu") return plainProduct;
  return isSoftware(backend.adapter) ? softwareProduct : stackedProduct;
}

/** One dispatch for the whole stack; tfjs's WebGPU kernels read transposed operands in place, in shared-memory tiles. */
export const stackedProduct: PopulationProduct = {
  firstTransposed: false,
  first: (x, w) => stackedProduct.forward(x, w),
  firstGradient: (x, g) => stackedProduct.weightGradient(x, g),
  forward: (x, w) => matMul(x, w),
  weightGradient: (x, g) => matMul(x, g, true, false),
  inputGradient: (g, w) => matMul(g, w, false, true),
  total: (values) => sum(values, [-2, -1]),
};

/** Without barriers, for WebGPU on a CPU; tfjs's sums over an axis wait at barriers as well, so sums are products with 1. */
export const softwareProduct: PopulationProduct = {
  firstTransposed: false,
  first: (x, w) => softwareProduct.forward(x, w),
  firstGradient: (x, g) => softwareProduct.weightGradient(x, g),
  forward: (x, w) => populationMatmul(x, w, "none"),
  weightGradient: (x, g) => populationMatmul(x, g, "a"),
  inputGradient: (g, w) => populationMatmul(g, w, "b"),
  total: (values) =>
    tidy(() => {
      const [p = 1, rows = 1, columns = 1] = values.shape;
      const ofRows = populationMatmul(values, ones([1, columns, 1]), "none"); // (p, rows, 1)
      return reshape(populationMatmul(reshape(ofRows, [p, 1, rows]), ones([1, rows, 1]), "none"), [p]);
    }),
};

/**
 * Plain matrices only, for wasm: tfjs's wasm matMul runs at 20 to 35 GFLOP/s, but at 1 to 2.5 with a transposed operand or a batch axis, where it falls to a naive loop.
 * Only activations are ever transposed, (batch, n), never weights, (n, n): g wᵀ is taken as (w gᵀ)ᵀ.
 */
export const plainProduct: PopulationProduct = {
  // tfjs's wasm product repacks its right operand, slowly (6 ns an entry), and keeps what it packed as long as that tensor lives. With the first matrix on the left,
  // the batch is what is packed, once for all trials that share it, instead of (784, n) weights at every step of every trial.
  firstTransposed: true,
  first: (x, w, transposedX) => (transposedX ? transpose(matMul(w, transposedX)) : matMul(x, transpose(w))),
  firstGradient: (x, g) => matMul(transpose(g), x),
  forward: (x, w) => matMul(x, w),
  weightGradient: (x, g) => matMul(transpose(x), g),
  inputGradient: (g, w) => transpose(matMul(w, transpose(g))),
  total: (values) => sum(values),
};
