import { type AbcParametrization, abcOf, shiftAbc } from "@widefield/experiments/feature-learning/abc-parametrization";
import { classify } from "@widefield/experiments/feature-learning/classify";
import { near, type Reproduction, type ReproductionMeasurement } from "../runner/reproduction.ts";
import { slopesOf, trainings } from "./coordinate-check.ts";

/** The rows of the family's table ("what must hold") that this version has experiments for. */
export const reproduction: Reproduction = {
  rows: [
    { id: "1", title: "The classifier against the theorem (exact)", measure: classifierRow },
    {
      id: "2",
      title: "Measured slope of rms(Δx) against the predicted exponent, widths 128 to 2048",
      measure: slopeRow,
    },
    { id: "10", title: "Slope of the kernel drift ‖F_t − F_0‖ after 10 steps", measure: driftRow },
  ],
};

/** Yang & Hu, table 1 and section 3: verdict and r at L = 2, and SP at L = 1. */
const table: readonly [name: string, layers: number, verdict: string, r: number][] = [
  ["sp", 2, "kernel", 0.5],
  ["sp", 1, "kernel", 1.5],
  ["ntp", 2, "kernel", 0.5],
  ["mfp", 1, "feature", 0],
  ["mup", 2, "feature", 0],
  ["up:0.08", 3, "kernel", 0.08],
  ["up:0.25", 2, "kernel", 0.25],
];

function* classifierRow(): Iterable<ReproductionMeasurement> {
  for (const [name, layers, verdict, r] of table) {
    const found = classify(name, layers);
    yield {
      name: `${name}, L = ${layers}`,
      measured: `${found.verdict}, r = ${Number(found.r.toFixed(9))}`,
      expected: `${verdict}, r = ${r}`,
      holds: found.verdict === verdict && Math.abs(found.r - r) < 1e-9,
    };
  }
  const thetas = [-1.7, -0.31, 0.08, 0.5, 2.9];
  const moved = ["mup", "sp", "ntp"].flatMap((name) =>
    thetas.map((theta) => {
      const found = classify(shiftAbc(abcOf(name as "mup", 2), theta), 2);
      const before = classify(name, 2);
      return found.verdict === before.verdict && Math.abs(found.r - before.r) < 1e-9;
    }),
  );
  yield {
    name: "invariance under the symmetry",
    measured: `${moved.filter(Boolean).length} of ${moved.length}`,
    expected: `${moved.length}`,
    holds: moved.every(Boolean),
  };
}

/** Section 2 of the family: the slopes of rms(Δx¹) and rms(Δx²) that numpy gave. */
const slopes: readonly [name: string, params: Record<string, unknown>, expected: readonly [number, number]][] = [
  ["SP, c = 1", { point: "sp" }, [-1.5, -0.5]],
  ["NTP", { point: "ntp" }, [-0.5, -0.5]],
  ["UP, s = ¼", { point: "up", s: 0.25 }, [-0.25, -0.25]],
  ["μP", { point: "mup" }, [0, 0]],
  ["trivial: μP with c = 1", explicit({ ...abcOf("mup", 2), c: 1 }), [-1, -1]],
];

async function* slopeRow(): AsyncIterable<ReproductionMeasurement> {
  for (const [name, params, expected] of slopes) {
    const runs = await trainings(params, { steps: 3, widths: [128, 256, 512, 1024, 2048], seeds: 6 });
    for (const layer of [1, 2] as const) {
      const predicted = expected[layer - 1] ?? Number.NaN;
      yield near(`${name}: rms(Δx), layer ${layer}`, slopesOf(runs, `featureMovement.${layer}`), predicted, 0.05);
    }
  }
  const unstable = explicit({ a: [0, 0, 0], b: [0, 0.5, 0.5], c: 0.5 });
  const runs = await trainings(unstable, { steps: 3, widths: [128, 256, 512, 1024, 2048], seeds: 6 });
  yield near("unstable: SP with c = ½, logits", slopesOf(runs, "outputMovement"), 0.5, 0.05);
}

/** Where products of random signs decide, six seeds scatter the slope by .2: there are four times as many. */
const drifts: readonly [
  name: string,
  params: Record<string, unknown>,
  seeds: number,
  expected: number,
  tolerance: number,
][] = [
  ["mup", { point: "mup" }, 6, 0, 0.05],
  ["ntp", { point: "ntp" }, 24, -1, 0.2],
  ["sp", { point: "sp" }, 24, -1, 0.2],
  ["sp, one hidden layer", { point: "sp", depth: 1 }, 24, -2, 0.2],
  ["trivial: μP with c = 1", explicit({ ...abcOf("mup", 2), c: 1 }), 24, -1.5, 0.2],
];

async function* driftRow(): AsyncIterable<ReproductionMeasurement> {
  for (const [name, params, seeds, expected, tolerance] of drifts) {
    const runs = await trainings(params, { steps: 10, widths: [128, 256, 512, 1024], seeds });
    yield near(`${name}: kernel drift`, slopesOf(runs, "featureKernelDrift"), expected, tolerance);
  }
}

function explicit({ a, b, c }: AbcParametrization): Record<string, unknown> {
  return { point: "explicit", a, b, c };
}
