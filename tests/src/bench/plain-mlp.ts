import {
  dispose,
  logSoftmax,
  matMul,
  mean,
  mul,
  neg,
  relu,
  type Scalar,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  tanh,
  tensor2d,
  tidy,
  type Variable,
  variable,
  variableGrads,
} from "@tensorflow/tfjs-core";
import type { TrialSpec } from "@widefield/experiments/contract/experiment";
import type { MlpParams } from "@widefield/experiments/feature-learning/mlp-params";
import { layerScales } from "@widefield/experiments/feature-learning/mlp-scaling";
import { openStream } from "@widefield/experiments/random/random-stream";
import { require as requireCommonJs } from "tsx/cjs/api";

// tfjs-core leaves its gradients out of its Node bundle; they register in a table that all copies of it share. Their imports of folders need CommonJS.
requireCommonJs("@tensorflow/tfjs-core/dist/register_all_gradients.js", import.meta.url);

export interface PlainNet {
  /** One step of SGD; returns the loss before it, the caller's. */
  train(x: Tensor2D, y: Tensor2D): Scalar;
  dispose(): void;
}

/** The baseline: one trial as anybody would write it in tfjs, with variables, its own gradients and the cross-entropy. */
export function openPlainNet({ params, seed }: TrialSpec<MlpParams>): PlainNet {
  const scales = layerScales(params);
  const activation = { relu, tanh }[params.activation === "tanh" ? "tanh" : "relu"];
  const weights: Variable[] = scales.map(({ fanIn, fanOut, deviation }, l) => {
    const values = new Float32Array(fanIn * fanOut);
    openStream(seed, "weights", l + 1).fillNormal(values, deviation);
    const initial = tensor2d(values, [fanIn, fanOut]);
    const made = variable(initial);
    dispose(initial);
    return made;
  });
  const forward = (x: Tensor2D): Tensor2D =>
    weights.reduce<Tensor2D>((h, weight, l) => {
      const next = matMul<Tensor2D>(h, weight as Tensor as Tensor2D);
      return l === weights.length - 1 ? next : (activation(next) as Tensor2D);
    }, x);
  return {
    train(x, y) {
      const { value, grads } = variableGrads(
        () => mean(neg(sum(mul(y, logSoftmax(forward(x))), -1))) as Scalar,
        weights,
      );
      for (const [l, weight] of weights.entries()) {
        const gradient = grads[weight.name];
        if (!gradient) throw new Error(`tfjs gave no gradient of layer ${l + 1}.`);
        const next = tidy(() => sub(weight, mul(gradient, scales[l]?.learningRate ?? 0)));
        weight.assign(next);
        dispose([next, gradient]);
      }
      return value;
    },
    dispose() {
      dispose(weights);
    },
  };
}
