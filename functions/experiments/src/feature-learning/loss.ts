import {
  abs,
  add,
  argMax,
  cast,
  div,
  equal,
  exp,
  greater,
  log,
  max,
  mul,
  neg,
  relu,
  sigmoid,
  square,
  sub,
  sum,
  type Tensor,
} from "@tensorflow/tfjs-core";
import type { BackendName } from "../backend/compute-backend.ts";
import { hitPerExample, lossGradient, lossPerExample } from "../kernels/loss-kernels.ts";
import type { MlpParams } from "./mlp-params.ts";

/**
 * f and y are (…, batch, k): k = 10 outputs against one-hot y, or one output against y = ±1 or a real target.
 */
export interface Loss {
  /** Loss of each example: (…, batch). */
  perExample(f: Tensor, y: Tensor): Tensor;
  /** `scale` times its gradient in f: (…, batch, k). */
  gradient(f: Tensor, y: Tensor, scale: number): Tensor;
  /** 1 where an example is classified rightly, else 0: (…, batch). */
  hits(f: Tensor, y: Tensor): Tensor;
}

export function lossOf(name: MlpParams["loss"], outputs: number, backend: BackendName): Loss {
  if (backend === "webgpu") {
    const kind = name === "cross-entropy" && outputs === 1 ? "logistic" : name;
    return {
      perExample: (f, y) => lossPerExample(kind, f, y),
      gradient: (f, y, scale) => lossGradient(kind, f, y, scale),
      hits: hitPerExample,
    };
  }
  const { perExample, gradient } = plainLoss(name, outputs);
  return {
    perExample,
    gradient: (f, y, scale) => mul(gradient(f, y), scale),
    hits: (f, y) => plainHits(f, y, outputs),
  };
}

interface PlainLoss {
  perExample(f: Tensor, y: Tensor): Tensor;
  gradient(f: Tensor, y: Tensor): Tensor;
}

function plainLoss(name: MlpParams["loss"], outputs: number): PlainLoss {
  switch (name) {
    case "mse":
      return { perExample: (f, y) => mul(sum(square(sub(f, y)), -1), 0.5), gradient: (f, y) => sub(f, y) };
    case "linear":
      return { perExample: (f, y) => neg(sum(mul(f, y), -1)), gradient: (_f, y) => neg(y) };
    case "cross-entropy":
      return outputs === 1 ? logistic : crossEntropy;
    default:
      return name satisfies never;
  }
}

/** log(1 + e^{-yf}) for y = ±1, without overflow. */
const logistic: PlainLoss = {
  perExample(f, y) {
    const margin = sum(mul(f, y), -1);
    return add(relu(neg(margin)), log(add(exp(neg(abs(margin))), 1)));
  },
  gradient: (f, y) => mul(neg(y), sigmoid(neg(mul(f, y)))),
};

/** log Σ_j e^{f_j} − f_y */
const crossEntropy: PlainLoss = {
  perExample(f, y) {
    const shifted = sub(f, max(f, -1, true));
    return sub(log(sum(exp(shifted), -1)), sum(mul(shifted, y), -1));
  },
  gradient(f, y) {
    const powers = exp(sub(f, max(f, -1, true)));
    return sub(div(powers, sum(powers, -1, true)), y);
  },
};

function plainHits(f: Tensor, y: Tensor, outputs: number): Tensor {
  const right = outputs === 1 ? greater(sum(mul(f, y), -1), 0) : equal(argMax(f, -1), argMax(y, -1));
  return cast(right, "float32");
}
