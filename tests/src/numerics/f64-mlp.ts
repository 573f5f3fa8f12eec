import { openStream } from "@widefield/experiments/random/random-stream";

/**
 * An oracle for feature-learning.mlp: plain loops in f64 over the paper's own form (w^l and n^{-a}), full batch, with gradients by central differences.
 * Shares with the program the random stream and nothing else.
 */
export interface OracleNet {
  readonly width: number;
  readonly depth: number;
  readonly activation: (h: number) => number;
  /** Loss of one example. */
  readonly loss: (f: readonly number[], y: readonly number[]) => number;
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** Learning rate of each w^l: η n^{-c_l}. */
  readonly rates: readonly number[];
  readonly rule: Rule;
  readonly seed: number;
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
}

export type Rule =
  | { readonly name: "sgd" }
  | { readonly name: "momentum"; readonly momentum: number }
  | { readonly name: "adam"; readonly d: readonly number[] };

export interface OracleReading {
  readonly trainLoss: number;
  readonly outputMovement: number;
  readonly featureKernelDrift: number;
  readonly featureMovement: readonly number[];
}

/** Readings after 0, 1, …, `steps` steps. */
export function oracleCurve(net: OracleNet, steps: number): OracleReading[] {
  const { width, depth, inputs, targets, rule } = net;
  const sizes = [inputs[0]?.length ?? 0, ...Array.from({ length: depth }, () => width), targets[0]?.length ?? 0];
  const w = sizes.slice(1).map((fanOut, l) => {
    const values = new Float32Array((sizes[l] ?? 0) * fanOut);
    openStream(net.seed, "weights", l + 1).fillNormal(values, 1);
    return Float64Array.from(values, (z) => z * width ** -(net.b[l] ?? 0));
  });

  /** x^0 … x^L and f of one input. w^l is (in, out), row-major. */
  const forward = (input: readonly number[]): { x: number[][]; f: number[] } => {
    const x = [[...input]];
    let h: number[] = [...input];
    for (const [l, weights] of w.entries()) {
      const fanOut = sizes[l + 1] ?? 0;
      const scale = width ** -(net.a[l] ?? 0);
      const from = x[l] ?? [];
      h = Array.from({ length: fanOut }, (_, j) =>
        from.reduce((sum, v, i) => sum + v * scale * (weights[i * fanOut + j] ?? 0), 0),
      );
      if (l < depth) x.push(h.map(net.activation));
    }
    return { x, f: h };
  };
  const meanLoss = (): number =>
    inputs.reduce((sum, input, i) => sum + net.loss(forward(input).f, targets[i] ?? []), 0) / inputs.length;

  const start = inputs.map(forward);
  const gram = (runs: readonly { x: number[][] }[]): number[] =>
    runs.flatMap(({ x: p }) =>
      runs.map(({ x: q }) => (p[depth] ?? []).reduce((s, v, i) => s + v * (q[depth]?.[i] ?? 0), 0) / width),
    );
  const read = (): OracleReading => {
    const now = inputs.map(forward);
    const movement = (part: (run: (typeof now)[number]) => readonly number[]): number => {
      const moved = now.flatMap((run, i) => part(run).map((v, j) => v - (part(start[i] ?? run)[j] ?? 0)));
      return Math.sqrt(moved.reduce((sum, v) => sum + v * v, 0) / moved.length);
    };
    const before = gram(start);
    return {
      trainLoss: meanLoss(),
      outputMovement: movement((run) => run.f),
      featureKernelDrift: Math.sqrt(gram(now).reduce((sum, v, i) => sum + (v - (before[i] ?? 0)) ** 2, 0)),
      featureMovement: Array.from({ length: depth }, (_, l) => movement((run) => run.x[l + 1] ?? [])),
    };
  };

  const first = w.map((weights) => new Float64Array(weights.length));
  const second = w.map((weights) => new Float64Array(weights.length));
  const curve = [read()];
  for (let t = 1; t <= steps; t++) {
    const gradients = w.map((weights) => weights.map((value, at) => centralDifference(weights, at, value, meanLoss)));
    for (const [l, weights] of w.entries()) {
      const rate = net.rates[l] ?? 0;
      for (let at = 0; at < weights.length; at++) {
        const g = gradients[l]?.[at] ?? 0;
        const m = first[l] as Float64Array;
        const v = second[l] as Float64Array;
        switch (rule.name) {
          case "sgd":
            weights[at] = (weights[at] ?? 0) - rate * g;
            break;
          case "momentum":
            m[at] = rule.momentum * (m[at] ?? 0) + g;
            weights[at] = (weights[at] ?? 0) - rate * (m[at] ?? 0);
            break;
          case "adam": {
            const scaled = g * width ** (rule.d[l] ?? 0);
            m[at] = 0.9 * (m[at] ?? 0) + 0.1 * scaled;
            v[at] = 0.999 * (v[at] ?? 0) + 0.001 * scaled * scaled;
            const unbiased = (m[at] ?? 0) / (1 - 0.9 ** t);
            const size = Math.sqrt((v[at] ?? 0) / (1 - 0.999 ** t));
            weights[at] = (weights[at] ?? 0) - (rate * unbiased) / (size + 1e-8);
            break;
          }
          default:
            rule satisfies never;
        }
      }
    }
    curve.push(read());
  }
  return curve;
}

/** Error about 1e-10 for functions of order one. */
function centralDifference(weights: Float64Array, at: number, value: number, f: () => number): number {
  const step = 1e-5 * Math.max(1, Math.abs(value));
  weights[at] = value + step;
  const above = f();
  weights[at] = value - step;
  const below = f();
  weights[at] = value;
  return (above - below) / (2 * step);
}

/** erf by its series, to 1e-15 for |x| ≤ 4. */
export function erf(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 1; k < 120; k++) {
    term *= (-x * x) / k;
    sum += term / (2 * k + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}
