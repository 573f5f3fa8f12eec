import {
  add,
  concat,
  dispose,
  keep,
  mul,
  reshape,
  sqrt,
  square,
  sub,
  type Tensor,
  tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import type { ComputeBackend } from "../backend/compute-backend.ts";
import type { TrialSpec } from "../contract/experiment.ts";
import { productOf } from "../linear-algebra/population-product.ts";
import { transposeInto } from "../linear-algebra/transpose-into.ts";
import { openStream } from "../random/random-stream.ts";
import { activationOf } from "./activation.ts";
import { lossOf } from "./loss.ts";
import { hasClasses, type MlpParams, outputsOf } from "./mlp-params.ts";
import { layerScales } from "./mlp-scaling.ts";
import { optimizerOf, type PerMember, type Updated } from "./optimizer.ts";

/** Inputs and targets: (batch, d) and (batch, k), with a leading axis of p members or of 1 for all where the net has one. */
export interface Examples {
  readonly x: Tensor;
  readonly y: Tensor;
  /** xᵀ, (d, batch), where nets are plain: written from the source it costs a third of transposing x on the device. */
  readonly transposedX?: Tensor;
}

/** What an evaluation reads, one number for each member. Names are those of the stored metrics. */
export interface Readings {
  readonly names: readonly string[];
  /** (names, members), row-major; the caller disposes. */
  readonly values: Tensor;
}

/** Trials of one pack key that train in one set of tensors. All tensors in it are its own. */
export interface PackedNet {
  /** One optimizer step; returns the loss before it, (p) or a scalar, which the caller disposes. */
  train(batch: Examples): Tensor;
  /** Reads everything that the curves and metrics need. `train` and `test` come in chunks. */
  evaluate(train: readonly Examples[], test: readonly Examples[]): Readings;
  dispose(): void;
}

/**
 * Opens a net at its initial weights. On WebGPU members lie along a leading axis p of every tensor; elsewhere a net has one member and plain matrices.
 * Gradients are written out: tfjs's own would transpose inside matMul, and record a tape every step.
 * `probe` is where feature movement is read; the net takes the tensors over.
 */
export function openNet(trials: readonly TrialSpec<MlpParams>[], backend: ComputeBackend, probe: Tensor): PackedNet {
  const [first] = trials;
  if (!first) throw new TypeError("A net needs a trial.");
  const { params } = first;
  const stacked = backend.name === "webgpu";
  const product = productOf(backend);
  const activation = activationOf(params.activation, backend.name);
  const outputs = outputsOf(params);
  const loss = lossOf(params.loss, outputs, backend.name);
  const scales = trials.map((trial) => layerScales(trial.params));
  const kept: Tensor[] = [probe];
  const perMember = (values: readonly number[]): PerMember => {
    if (!stacked) return values[0] ?? Number.NaN;
    const made = tensor([...values], [values.length, 1, 1]);
    kept.push(made);
    return made;
  };
  const optimizer = optimizerOf(params, scales, perMember);
  let weights = initialWeights(trials, scales, stacked, product.firstTransposed);
  let memory = weights.map((weight) => optimizer.start(weight));
  let done = 0;

  /** h[l], x[l+1] for hidden layers, x[0] the input, and the output f. */
  const forward = (input: Tensor, transposedInput?: Tensor): { h: Tensor[]; x: Tensor[]; f: Tensor } => {
    const h: Tensor[] = [];
    const x = [input];
    let f = input;
    for (const [l, weight] of weights.entries()) {
      f = l === 0 ? product.first(input, weight, transposedInput) : product.forward(f, weight); // (p, batch, n), the last time (p, batch, k)
      if (l === weights.length - 1) break;
      h.push(f);
      f = activation.value(f);
      x.push(f);
    }
    return { h, x, f };
  };
  const atStart = tidy(() => {
    const { x, f } = forward(probe);
    const features = x.slice(1);
    const last = features.at(-1) ?? f;
    return { features, f, gram: mul(product.inputGradient(last, last), 1 / params.width) };
  });
  kept.push(...atStart.features, atStart.f, atStart.gram);
  for (const made of kept) keep(made);

  /** Sum over examples, (p, batch) or (batch): one number for each member. */
  const totalOf = (values: Tensor): Tensor =>
    product.total(reshape(values, stacked ? [-1, 1, values.shape.at(-1) ?? 1] : [1, -1]));
  const rms = (values: Tensor): Tensor => {
    const entries = (values.shape.at(-2) ?? 1) * (values.shape.at(-1) ?? 1);
    return sqrt(mul(product.total(square(values)), 1 / entries));
  };

  /** Sum over chunks of a sum over examples, over their number: (p) or (). */
  const average = (chunks: readonly Examples[], value: (f: Tensor, y: Tensor) => Tensor[]): Tensor[] => {
    let totals: Tensor[] = [];
    let count = 0;
    for (const { x, y } of chunks) {
      count += y.shape.at(-2) ?? 0;
      totals = tidy(() => {
        const sums = value(forward(x).f, y).map(totalOf);
        const next = sums.map((each, i) => (totals[i] ? add(each, totals[i]) : each));
        dispose(totals);
        return next;
      });
    }
    return totals.map((total) => mul(total, 1 / count));
  };

  return {
    train({ x: input, y, transposedX }) {
      const next = tidy(() => {
        const { h, x, f } = forward(input, transposedX);
        const batch = y.shape.at(-2) ?? 1;
        const value = mul(totalOf(loss.perExample(f, y)), 1 / batch);
        let g = loss.gradient(f, y, 1 / batch); // (p, batch, k), then (p, batch, n)
        const updated: Updated[] = [];
        for (let l = weights.length - 1; l >= 0; l--) {
          const weight = weights[l] as Tensor;
          const below = x[l] as Tensor;
          const above = g;
          const gradient = (factor: PerMember): Tensor => {
            const scaled = factor === 1 ? above : mul(above, factor);
            return l === 0 ? product.firstGradient(below, scaled) : product.weightGradient(below, scaled);
          };
          updated[l] = optimizer.step(l, weight, memory[l] ?? [], gradient, done);
          if (l > 0) g = activation.pullBack(product.inputGradient(g, weight), h[l - 1] as Tensor, below);
        }
        return { value, weights: updated.map((u) => u.weight), memory: updated.map((u) => [...u.memory]) };
      });
      dispose([weights, memory]);
      ({ weights, memory } = next);
      done++;
      return next.value;
    },
    evaluate(train, test) {
      const names = ["finalTrainLoss", "finalTestLoss", "outputMovement", "featureKernelDrift"];
      const values = tidy(() => {
        const [trainLoss] = average(train, (f, y) => [loss.perExample(f, y)]);
        const classes = hasClasses(params.dataset);
        const [testLoss, accuracy] = average(test, (f, y) =>
          classes ? [loss.perExample(f, y), loss.hits(f, y)] : [loss.perExample(f, y)],
        );
        const { x, f } = forward(probe);
        const last = x.at(-1) ?? f;
        const drift = sub(mul(product.inputGradient(last, last), 1 / params.width), atStart.gram);
        const rows = [
          trainLoss,
          testLoss,
          rms(sub(f, atStart.f)),
          sqrt(product.total(square(drift))),
          ...atStart.features.map((start, l) => rms(sub(x[l + 1] ?? start, start))),
          accuracy,
        ];
        return concat(rows.filter((row) => row !== undefined).map((row) => reshape(row, [-1])));
      });
      names.push(...atStart.features.map((_, l) => `featureMovement.${l + 1}`));
      if (hasClasses(params.dataset)) names.push("finalTestAccuracy");
      return { names, values };
    },
    dispose() {
      dispose([weights, memory, kept]);
    },
  };
}

/** W^1 … W^{L+1}, (in, out) or (p, in, out), each member's from its own seed. */
function initialWeights(
  trials: readonly TrialSpec<MlpParams>[],
  scales: readonly ReturnType<typeof layerScales>[],
  stacked: boolean,
  firstTransposed: boolean,
): Tensor[] {
  return (scales[0] ?? []).map(({ fanIn, fanOut }, l) => {
    const size = fanIn * fanOut;
    const values = new Float32Array(size * trials.length);
    for (const [member, { seed }] of trials.entries()) {
      const deviation = scales[member]?.[l]?.deviation ?? Number.NaN;
      openStream(seed, "weights", l + 1).fillNormal(values.subarray(member * size, (member + 1) * size), deviation);
    }
    if (l === 0 && firstTransposed) {
      // Plain nets have one member.
      const turned = new Float32Array(size);
      transposeInto(turned, values, fanIn, fanOut);
      return tensor(turned, [fanOut, fanIn]);
    }
    return tensor(values, stacked ? [trials.length, fanIn, fanOut] : [fanIn, fanOut]);
  });
}
