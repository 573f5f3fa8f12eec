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
import { type LayerScale, layerScales } from "./mlp-scaling.ts";
import { optimizerOf, type PerMember } from "./optimizer.ts";
import { fillInSlices, type Sliced } from "./sliced.ts";

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
  /** Reads everything that the curves and metrics need, one of the chunks of `train` and `test` a slice. */
  evaluate(train: readonly Examples[], test: readonly Examples[]): Sliced<Readings>;
  dispose(): void;
}

/**
 * Opens a net at its initial weights. On WebGPU members lie along a leading axis p of every tensor; elsewhere a net has one member and plain matrices.
 * Gradients are written out: tfjs's own would transpose inside matMul, and record a tape every step.
 * `probe` is where feature movement is read; the net takes the tensor over, also when it cannot be opened.
 */
export function* openNet(
  trials: readonly TrialSpec<MlpParams>[],
  backend: ComputeBackend,
  probe: Tensor,
): Sliced<PackedNet> {
  const owned: Owned = { weights: [], memory: [], kept: [probe] };
  let opened = false;
  try {
    const net = yield* fillNet(trials, backend, probe, owned);
    opened = true;
    return net;
  } finally {
    if (!opened) disposeOf(owned);
  }
}

/** All tensors of a net, as they come. */
interface Owned {
  readonly weights: Tensor[];
  /** The optimizer's, of each weight matrix. */
  readonly memory: Tensor[][];
  /** What stays as it is. */
  readonly kept: Tensor[];
}

function disposeOf({ weights, memory, kept }: Owned): void {
  dispose([weights, memory, kept]);
}

function* fillNet(
  trials: readonly TrialSpec<MlpParams>[],
  backend: ComputeBackend,
  probe: Tensor,
  owned: Owned,
): Sliced<PackedNet> {
  const [first] = trials;
  if (!first) throw new TypeError("A net needs a trial.");
  const { params } = first;
  const { weights, memory, kept } = owned;
  const stacked = backend.name === "webgpu";
  const product = productOf(backend);
  const activation = activationOf(params.activation, backend.name);
  const outputs = outputsOf(params);
  const loss = lossOf(params.loss, outputs, backend.name);
  const scales = trials.map((trial) => layerScales(trial.params));
  const perMember = (values: readonly number[]): PerMember => {
    if (!stacked) return values[0] ?? Number.NaN;
    const made = tensor([...values], [values.length, 1, 1]);
    kept.push(made);
    return made;
  };
  const optimizer = optimizerOf(params, scales, perMember);
  for (let l = 0; l <= params.depth; l++) {
    const weight = yield* initialWeight(l, trials, scales, stacked, product.firstTransposed);
    weights.push(weight);
    memory.push(optimizer.start(weight));
  }
  let done = 0;

  const layer = (l: number, below: Tensor, transposedInput?: Tensor): Tensor => {
    const weight = weights[l] as Tensor;
    // (p, batch, n), the last time (p, batch, k)
    return tidy(() => (l === 0 ? product.first(below, weight, transposedInput) : product.forward(below, weight)));
  };
  /** h[l], x[l+1] for hidden layers, x[0] the input, and the output f. */
  const forward = (input: Tensor, transposedInput?: Tensor): { h: Tensor[]; x: Tensor[]; f: Tensor } => {
    const h: Tensor[] = [];
    const x = [input];
    for (let l = 0; l < params.depth; l++) {
      const before = layer(l, x[l] as Tensor, transposedInput);
      h.push(before);
      x.push(tidy(() => activation.value(before)));
    }
    return { h, x, f: layer(params.depth, x[params.depth] as Tensor) };
  };
  /** The output f alone, in the room of two activations. */
  const output = (input: Tensor): Tensor => {
    let x = input;
    for (let l = 0; l < params.depth; l++) {
      const below = x;
      x = tidy(() => activation.value(layer(l, below)));
      if (l > 0) dispose(below);
    }
    return layer(params.depth, x);
  };
  yield;
  const atStart = tidy(() => {
    const { x, f } = forward(probe);
    const features = x.slice(1);
    const last = features.at(-1) ?? f;
    return { features, f, gram: mul(product.inputGradient(last, last), 1 / params.width) };
  });
  kept.push(...atStart.features, atStart.f, atStart.gram);

  /** Sum over examples, (p, batch) or (batch): one number for each member. */
  const totalOf = (values: Tensor): Tensor =>
    product.total(reshape(values, stacked ? [-1, 1, values.shape.at(-1) ?? 1] : [1, -1]));
  const rms = (values: Tensor): Tensor => {
    const entries = (values.shape.at(-2) ?? 1) * (values.shape.at(-1) ?? 1);
    return sqrt(mul(product.total(square(values)), 1 / entries));
  };

  /** Mean over the examples of all chunks, (p) or (): of each number that `value` makes of every example. */
  function* averages(chunks: readonly Examples[], value: (f: Tensor, y: Tensor) => Tensor[]): Sliced<Tensor[]> {
    let totals: Tensor[] = [];
    let count = 0;
    try {
      for (const { x, y } of chunks) {
        count += y.shape.at(-2) ?? 0;
        const before = totals;
        totals = tidy(() => {
          const f = output(x);
          return value(f, y).map((each, i) => (before[i] ? add(totalOf(each), before[i]) : totalOf(each)));
        });
        dispose(before);
        yield;
      }
      return tidy(() => totals.map((total) => mul(total, 1 / count)));
    } finally {
      dispose(totals);
    }
  }

  return {
    train({ x: input, y, transposedX }) {
      return tidy(() => {
        const { h, x, f } = forward(input, transposedX);
        const batch = y.shape.at(-2) ?? 1;
        const value = tidy(() => mul(totalOf(loss.perExample(f, y)), 1 / batch));
        let g = tidy(() => loss.gradient(f, y, 1 / batch)); // (p, batch, k), then (p, batch, n)
        dispose(f);
        // Layer by layer, and what a layer is done with goes at once: old weights, the optimizer's old memory, activations.
        for (let l = params.depth; l >= 0; l--) {
          const weight = weights[l] as Tensor;
          const below = x[l] as Tensor;
          const above = g;
          const hidden = l > 0 ? (h[l - 1] as Tensor) : null;
          if (hidden) g = tidy(() => activation.pullBack(product.inputGradient(above, weight), hidden, below));
          const gradient = (factor: PerMember): Tensor =>
            tidy(() => {
              const scaled = factor === 1 ? above : mul(above, factor);
              return l === 0 ? product.firstGradient(below, scaled) : product.weightGradient(below, scaled);
            });
          const updated = tidy(() => {
            const { weight: next, memory: nextMemory } = optimizer.step(l, weight, memory[l] ?? [], gradient, done);
            return { weight: next, memory: [...nextMemory] };
          });
          weights[l] = keep(updated.weight);
          memory[l] = updated.memory.map((each) => keep(each));
          dispose(hidden ? [above, hidden, below] : [above]);
        }
        done++;
        return value;
      });
    },
    *evaluate(train, test) {
      const classes = hasClasses(params.dataset);
      const means: Tensor[] = [];
      yield;
      try {
        means.push(...(yield* averages(train, (f, y) => [loss.perExample(f, y)])));
        means.push(
          ...(yield* averages(test, (f, y) => [loss.perExample(f, y), ...(classes ? [loss.hits(f, y)] : [])])),
        );
        const [trainLoss, testLoss, accuracy] = means;
        const values = tidy(() => {
          const { x, f } = forward(probe);
          const last = x.at(-1) ?? f;
          const drift = sub(mul(product.inputGradient(last, last), 1 / params.width), atStart.gram);
          const rows = [
            trainLoss,
            testLoss,
            rms(sub(f, atStart.f)),
            sqrt(product.total(square(drift))),
            ...atStart.features.map((start, l) => tidy(() => rms(sub(x[l + 1] ?? start, start)))),
            accuracy,
          ];
          return concat(rows.filter((row) => row !== undefined).map((row) => reshape(row, [-1])));
        });
        const names = ["finalTrainLoss", "finalTestLoss", "outputMovement", "featureKernelDrift"];
        names.push(...atStart.features.map((_, l) => `featureMovement.${l + 1}`));
        if (classes) names.push("finalTestAccuracy");
        return { names, values };
      } finally {
        dispose(means);
      }
    },
    dispose: () => disposeOf(owned),
  };
}

/** W^{l+1}, (in, out) or (p, in, out), each member's from its own seed. */
function* initialWeight(
  l: number,
  trials: readonly TrialSpec<MlpParams>[],
  scales: readonly (readonly LayerScale[])[],
  stacked: boolean,
  firstTransposed: boolean,
): Sliced<Tensor> {
  const { fanIn = 0, fanOut = 0 } = scales[0]?.[l] ?? {};
  const size = fanIn * fanOut;
  const values = new Float32Array(size * trials.length);
  for (const [member, { seed }] of trials.entries()) {
    const deviation = scales[member]?.[l]?.deviation ?? Number.NaN;
    const stream = openStream(seed, "weights", l + 1);
    const out = values.subarray(member * size, (member + 1) * size);
    yield* fillInSlices(out, (part) => stream.fillNormal(part, deviation));
  }
  if (l === 0 && firstTransposed) {
    // Plain nets have one member.
    const turned = new Float32Array(size);
    transposeInto(turned, values, fanIn, fanOut);
    return tensor(turned, [fanOut, fanIn]);
  }
  return tensor(values, stacked ? [trials.length, fanIn, fanOut] : [fanIn, fanOut]);
}
