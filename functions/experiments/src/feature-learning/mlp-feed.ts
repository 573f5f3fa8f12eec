import { dispose, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import type { BackendName } from "../backend/compute-backend.ts";
import type { TrialSpec } from "../contract/experiment.ts";
import { transposeInto } from "../linear-algebra/transpose-into.ts";
import { type BatchOrder, batchOrder } from "./batch-order.ts";
import { evaluationChunk, fullBatch, probeSize } from "./mlp-cost.ts";
import type { ExampleSet, MlpData } from "./mlp-data.ts";
import type { MlpParams } from "./mlp-params.ts";
import type { Examples } from "./packed-net.ts";
import type { Sliced } from "./sliced.ts";

/** Hands examples to nets as tensors. Where nets are stacked, what all members share has a population axis of 1. */
export interface Feed {
  /** The first training examples, for feature movement; a new tensor, the caller's. */
  probe(): Tensor;
  /** The chunks on which the training and test losses are read. The feed's own. */
  readonly train: readonly Examples[];
  readonly test: readonly Examples[];
  /** The batches of these trials for one step. Give it back with `release`. */
  batch(trials: readonly TrialSpec<MlpParams>[], step: number): Examples;
  release(batch: Examples): void;
  dispose(): void;
}

/** Opens a feed, a chunk of examples a slice. */
export function* openFeed(data: MlpData, params: MlpParams, laneSize: number, backend: BackendName): Sliced<Feed> {
  /** What stays as long as the feed. */
  const resident: Examples[] = [];
  let opened = false;
  try {
    const feed = yield* fillFeed(data, params, laneSize, backend, resident);
    opened = true;
    return feed;
  } finally {
    if (!opened) disposeOf(resident);
  }
}

function disposeOf(examples: readonly Examples[]): void {
  dispose(examples.flatMap((each) => Object.values(each)));
}

function* fillFeed(
  data: MlpData,
  params: MlpParams,
  laneSize: number,
  backend: BackendName,
  resident: Examples[],
): Sliced<Feed> {
  const plain = backend !== "webgpu";
  const leading = plain ? [] : [1];
  const once: Arrays = (_use, length) => new Float32Array(length);
  const again = reusedArrays();
  const shared = (set: ExampleSet, from: number, to: number, transposed = false): Examples => {
    const indices = Uint32Array.from({ length: to - from }, (_, i) => from + i);
    return gather(set, [indices], leading, transposed, once);
  };
  function* chunks(set: ExampleSet): Sliced<Examples[]> {
    const size = evaluationChunk(params, laneSize);
    const count = Math.min(set.count, params.evalSize);
    const made: Examples[] = [];
    for (let from = 0; from < count; from += size) {
      const chunk = shared(set, from, Math.min(count, from + size));
      resident.push(chunk);
      made.push(chunk);
      yield;
    }
    return made;
  }
  const train = yield* chunks(data.train);
  const test = yield* chunks(data.test);
  const whole = fullBatch(params) ? shared(data.train, 0, data.train.count, plain) : undefined;
  if (whole) resident.push(whole);
  /** Where nets are plain: the newest batch of each seed, which serves all learning rates of that seed. */
  const latestOf = new Map<number, { step: number; examples: Examples }>();
  const orders = new Map<number, BatchOrder>();
  const orderOf = (seed: number): BatchOrder => {
    const known = orders.get(seed) ?? batchOrder(seed, data.train.count, params.batchSize);
    orders.set(seed, known);
    return known;
  };
  return {
    probe() {
      const { x, ...rest } = shared(data.train, 0, Math.min(probeSize, data.train.count));
      dispose(Object.values(rest));
      return x;
    },
    train,
    test,
    batch(trials, step) {
      if (whole) return whole;
      const [{ seed } = { seed: 0 }] = trials;
      const latest = plain ? latestOf.get(seed) : undefined;
      if (latest?.step === step) return latest.examples;
      if (latest) dispose(Object.values(latest.examples));
      const indices = trials.map(({ seed }) => orderOf(seed).batch(step));
      // wasm copies an array when it becomes a tensor; the other backends keep it.
      const examples = gather(
        data.train,
        indices,
        plain ? [] : [trials.length],
        plain,
        backend === "wasm" ? again : once,
      );
      if (plain) latestOf.set(seed, { step, examples });
      return examples;
    },
    release(batch) {
      if (batch !== whole && !plain) dispose(Object.values(batch));
    },
    dispose() {
      disposeOf([...resident, ...[...latestOf.values()].map(({ examples }) => examples)]);
    },
  };
}

/** An array for one use; what is in it does not matter. */
type Arrays = (use: "x" | "y" | "columns", length: number) => Float32Array;

/** The same array for the same use every time. */
function reusedArrays(): Arrays {
  const kept = new Map<string, Float32Array>();
  return (use, length) => {
    const found = kept.get(use);
    const array = found?.length === length ? found : new Float32Array(length);
    kept.set(use, array);
    return array;
  };
}

/** Examples of each member, one below the other. Members with equal indices (one seed, several learning rates) are copied, not gathered again. */
function gather(
  set: ExampleSet,
  indices: readonly Uint32Array[],
  leading: readonly number[],
  transposed: boolean,
  array: Arrays,
): Examples {
  const batch = indices[0]?.length ?? 0;
  const xSize = batch * set.inputs;
  const ySize = batch * set.outputs;
  const x = array("x", indices.length * xSize);
  const y = array("y", indices.length * ySize);
  for (const [member, wanted] of indices.entries()) {
    // Slices of one permutation are equal where they start at the same place of the same buffer.
    const twin = indices.findIndex((other) => other.buffer === wanted.buffer && other.byteOffset === wanted.byteOffset);
    if (twin >= 0 && twin < member) {
      x.copyWithin(member * xSize, twin * xSize, (twin + 1) * xSize);
      y.copyWithin(member * ySize, twin * ySize, (twin + 1) * ySize);
      continue;
    }
    set.copyInputs(wanted, x, member * xSize);
    set.copyTargets(wanted, y, member * ySize);
  }
  return tidy(() => {
    const made = { x: tensor(x, [...leading, batch, set.inputs]), y: tensor(y, [...leading, batch, set.outputs]) };
    if (!transposed) return made;
    const columns = array("columns", xSize);
    transposeInto(columns, x, batch, set.inputs);
    return { ...made, transposedX: tensor(columns, [set.inputs, batch]) };
  });
}
