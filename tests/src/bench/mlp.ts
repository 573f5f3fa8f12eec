import { parseArgs } from "node:util";
import { dispose, matMul, randomNormal, setBackend, type Tensor, type Tensor2D, tensor2d } from "@tensorflow/tfjs-core";
import type { ComputeBackend } from "@widefield/experiments/backend/compute-backend";
import { openBackend } from "@widefield/experiments/backend/open-backend";
import { isSoftware } from "@widefield/experiments/backend/software-adapter";
import type { TrialSpec } from "@widefield/experiments/contract/experiment";
import { batchOrder } from "@widefield/experiments/feature-learning/batch-order";
import { stepFlops } from "@widefield/experiments/feature-learning/mlp-cost";
import { loadMlpData, type MlpData } from "@widefield/experiments/feature-learning/mlp-data";
import { openFeed } from "@widefield/experiments/feature-learning/mlp-feed";
import { type Lane, openLane } from "@widefield/experiments/feature-learning/mlp-lane";
import { type MlpParams, mlpParams } from "@widefield/experiments/feature-learning/mlp-params";
import { finish } from "../numerics/finish.ts";
import { openNodeGpu } from "../numerics/node-gpu.ts";
import { noiseImages } from "../numerics/noise-images.ts";
import { openPlainNet, type PlainNet } from "./plain-mlp.ts";

type Trial = TrialSpec<MlpParams>;
/** Trains for about this long, and returns trial-steps and the milliseconds that they took. */
type Contestant = (milliseconds: number) => Promise<{ steps: number; elapsed: number }>;

const usage = `npm run bench -- mlp [--backends wasm,webgpu] [--widths 64,128,…] [--configs 16] [--depth 2] [--batch 64]
  [--activation relu|tanh] [--rounds 3] [--seconds 1] [--clock wall|cpu]
--clock cpu counts this process's own CPU time, for wasm on a machine that is busy with other things.`;

/** A pack of this many trials or more should be this much faster up to this width, and never slower. */
const aim = { trials: 16, width: 256, ratio: 4 };

/**
 * Training steps per second of a pack of configurations (four learning rates, several seeds) against the same trials one after another in plain tfjs,
 * on 784-dimensional inputs with 10 classes. Both are warmed up, then take turns in one process; the ratio is the median over rounds.
 */
export async function bench(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      backends: { type: "string", default: "wasm,webgpu" },
      widths: { type: "string", default: "64,128,256,512,1024,2048" },
      configs: { type: "string", default: "16" },
      depth: { type: "string", default: "2" },
      batch: { type: "string", default: "64" },
      activation: { type: "string", default: "relu" },
      rounds: { type: "string", default: "3" },
      seconds: { type: "string", default: "1" },
      clock: { type: "string", default: "wall" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  clock = values.clock === "cpu" ? cpuMilliseconds : () => performance.now();
  for (const name of values.backends.split(",")) {
    const backend = name === "webgpu" ? await openNodeGpu() : await openBackend("wasm");
    if (!backend) {
      console.log(`\n${name}: left out, because there is none on this machine.`);
      continue;
    }
    console.log(`\n${name}: ${[backend.adapter.vendor, backend.adapter.description].filter(Boolean).join(", ")}`);
    const peak = await matmulRate(backend);
    const size = matmulSize(backend);
    console.log(`its own ${size} x ${size} matmul in tfjs: ${rate(peak)}`);
    console.log("width   packed steps/s    plain steps/s    ratio     packed FLOP/s    of its matmul    aim");
    for (const width of values.widths.split(",").map(Number)) {
      const shape = { depth: Number(values.depth), batchSize: Number(values.batch), activation: values.activation };
      const trials = configurations(width, Number(values.configs), shape);
      const { packed, plain, ratio, flops } = await compare(
        trials,
        backend,
        Number(values.rounds),
        1000 * Number(values.seconds),
      );
      const cells = [packed.toFixed(1).padStart(14), plain.toFixed(1).padStart(16), `${ratio.toFixed(2)}x`.padStart(8)];
      console.log(
        String(width).padEnd(7),
        ...cells,
        rate(flops).padStart(17),
        `${((100 * flops) / peak).toFixed(0)} %`.padStart(16),
        `   ${verdictOn(ratio, width, trials.length)}`,
      );
    }
    await backend.dispose();
  }
  return 0;
}

function verdictOn(ratio: number, width: number, trials: number): string {
  const wanted = width <= aim.width && trials >= aim.trials ? aim.ratio : 1;
  return `${ratio >= wanted ? "met" : "MISSED"} (at least ${wanted}x)`;
}

let clock: () => number = () => performance.now();

function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function configurations(width: number, count: number, shape: object): Trial[] {
  return Array.from({ length: count }, (_, i) => {
    const raw = {
      ...shape,
      width,
      learningRate: 0.1 * 2 ** (i % 4),
      dataset: "mnist",
      loss: "cross-entropy",
      trainSize: 2048,
      evalSize: 32,
    };
    return { params: mlpParams.parse(raw), seed: Math.floor(i / 4) };
  });
}

async function compare(trials: Trial[], backend: ComputeBackend, rounds: number, milliseconds: number) {
  const [first] = trials;
  if (!first) throw new Error("No configurations.");
  await setBackend(backend.name);
  const data = await finish(loadMlpData(first.params, noiseImages(2048), new AbortController().signal));
  const packed: number[] = [];
  const plain: number[] = [];
  {
    using contestants = await contestantsOf(trials, data, backend);
    await contestants.packed(1);
    await contestants.plain(1);
    for (let round = 0; round < rounds; round++) {
      for (const [sink, contestant] of [
        [packed, contestants.packed],
        [plain, contestants.plain],
      ] as const) {
        const { steps, elapsed } = await contestant(milliseconds);
        sink.push((1000 * steps) / elapsed);
      }
    }
  }
  const ratio = median(packed.map((value, round) => value / (plain[round] ?? 1)));
  return { packed: median(packed), plain: median(plain), ratio, flops: median(packed) * stepFlops(first.params) };
}

async function contestantsOf(trials: Trial[], data: MlpData, backend: ComputeBackend) {
  const params = trials[0]?.params as MlpParams;
  const stacked = backend.name === "webgpu";
  const feed = await finish(openFeed(data, params, stacked ? trials.length : 1, backend.name));
  const groups = stacked ? [trials] : trials.map((trial) => [trial]);
  const lanes: Lane[] = [];
  for (const group of groups) lanes.push(await finish(openLane(group, feed, backend)));
  // Trials one after another take the same time each, so two stand for all.
  const nets = trials.slice(0, 2).map((trial) => plainRun(trial, data));
  const packed: Contestant = (milliseconds) =>
    repeat(milliseconds, async (count) => {
      for (let i = 0; i < count; i++) for (const lane of lanes) lane.train();
      for (const lane of lanes) await lane.settle();
      return count * trials.length;
    });
  const plain: Contestant = (milliseconds) =>
    repeat(milliseconds, async (count) => {
      for (const net of nets) await net.run(count);
      return count * nets.length;
    });
  return {
    packed,
    plain,
    [Symbol.dispose]() {
      for (const lane of lanes) lane.dispose();
      for (const net of nets) net.net.dispose();
      feed.dispose();
    },
  };
}

function plainRun({ params, seed }: Trial, data: MlpData): { net: PlainNet; run(steps: number): Promise<void> } {
  const net = openPlainNet({ params, seed });
  const order = batchOrder(seed, data.train.count, params.batchSize);
  let step = 0;
  return {
    net,
    async run(steps) {
      let loss: Tensor | undefined;
      for (let i = 0; i < steps; i++) {
        const { x, y } = batchTensors(data, order.batch(step++));
        loss?.dispose();
        loss = net.train(x, y);
        dispose([x, y]);
      }
      await loss?.data();
      loss?.dispose();
    },
  };
}

function batchTensors({ train }: MlpData, indices: Uint32Array): { x: Tensor2D; y: Tensor2D } {
  const x = new Float32Array(indices.length * train.inputs);
  const y = new Float32Array(indices.length * train.outputs);
  train.copyInputs(indices, x, 0);
  train.copyTargets(indices, y, 0);
  return { x: tensor2d(x, [indices.length, train.inputs]), y: tensor2d(y, [indices.length, train.outputs]) };
}

/** Doubles the number of steps between waits until they take long enough, so that waiting weighs little. */
async function repeat(milliseconds: number, run: (count: number) => Promise<number>) {
  const start = clock();
  let steps = 0;
  for (let count = 1; ; ) {
    const before = clock();
    steps += await run(count);
    const now = clock();
    if (now - start >= milliseconds) return { steps, elapsed: now - start };
    if (now - before < milliseconds / 8) count *= 2;
  }
}

/** Rows of the matrices whose product measures a device; smaller on software adapters. */
function matmulSize({ adapter }: ComputeBackend): number {
  return isSoftware(adapter) ? 512 : 2048;
}

/** FLOP/s of the product of two such matrices, the best of three. */
async function matmulRate(backend: ComputeBackend): Promise<number> {
  const { name } = backend;
  await setBackend(name);
  const n = matmulSize(backend);
  const a = randomNormal([n, n]) as Tensor2D;
  let best = 0;
  for (let trial = 0; trial < 4; trial++) {
    const start = clock();
    const repeats = name === "webgpu" && n === 2048 ? 10 : 1;
    for (let i = 0; i < repeats; i++) {
      const product = matMul(a, a);
      if (i === repeats - 1) await product.data();
      product.dispose();
    }
    if (trial > 0) best = Math.max(best, (repeats * 2 * n ** 3 * 1000) / (clock() - start));
  }
  a.dispose();
  return best;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function rate(flops: number): string {
  return `${(flops / 1e9).toFixed(2)} GFLOP/s`;
}
