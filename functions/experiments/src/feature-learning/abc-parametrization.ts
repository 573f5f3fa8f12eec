import { ExperimentError } from "../contract/program.ts";

/**
 * An abc-parametrization of a bias-free MLP with L hidden layers of width n (Yang & Hu, arXiv 2011.14522, section 3):
 * W^l = n^{-a_l} w^l, the trained w^l starts as N(0, n^{-2 b_l}), and the SGD learning rate is η n^{-c}.
 */
export interface AbcParametrization {
  /** a_1 … a_{L+1} */
  readonly a: readonly number[];
  /** b_1 … b_{L+1} */
  readonly b: readonly number[];
  readonly c: number;
}

export const namedPoints = ["mup", "sp", "ntp", "mfp", "up"] as const;
export type NamedPoint = (typeof namedPoints)[number];

/** What each point is called in print. */
export const pointTitles: Readonly<Record<NamedPoint, string>> = {
  mup: "maximal update (μP)",
  sp: "standard, learning rate 1/n (SP)",
  ntp: "neural tangent (NTP)",
  mfp: "mean field (MFP)",
  up: "uniform (UP_s)",
};

/**
 * The exponents of a named point for L = `layers` hidden layers. `s` is read by `up` only: s = 0 is muP, s = ½ is NTP.
 * MFP is defined in the paper for L = 1; for deeper nets this is muP moved by the symmetry with θ = ½, which agrees there.
 * @throws ExperimentError when `layers` is not a positive whole number, or `s` is not finite.
 */
export function abcOf(point: NamedPoint, layers: number, s = 0): AbcParametrization {
  requireLayers(layers);
  const perLayer = (first: number, middle: number, last: number): number[] => [
    first,
    ...Array.from({ length: layers - 1 }, () => middle),
    last,
  ];
  switch (point) {
    case "mup":
      return { a: perLayer(-0.5, 0, 0.5), b: perLayer(0.5, 0.5, 0.5), c: 0 };
    case "sp":
      return { a: perLayer(0, 0, 0), b: perLayer(0, 0.5, 0.5), c: 1 };
    case "ntp":
      return { a: perLayer(0, 0.5, 0.5), b: perLayer(0, 0, 0), c: 0 };
    case "mfp":
      return { a: perLayer(0, 0.5, 1), b: perLayer(0, 0, 0), c: -1 };
    case "up":
      if (!Number.isFinite(s)) throw new ExperimentError("UP_s needs a finite s, for example up:0.25.");
      return { a: perLayer(s - 0.5, s, 0.5), b: perLayer(0.5 - s, 0.5 - s, 0.5 - s), c: 0 };
    default:
      return point satisfies never;
  }
}

/**
 * Reads `mup`, `sp`, `ntp`, `mfp` or `up:<s>`.
 * @throws ExperimentError, listing what there is, for anything else.
 */
export function parsePoint(text: string, layers: number): AbcParametrization {
  const [name, knob, ...rest] = text.trim().toLowerCase().split(":");
  const point = namedPoints.find((known) => known === name);
  if (!point || rest.length > 0 || (point === "up") !== (knob !== undefined)) {
    throw new ExperimentError(
      `Unknown parametrization "${text}". Use mup, sp, ntp, mfp or up:<s>, for example up:0.25.`,
    );
  }
  const s = knob === undefined || knob.trim() === "" ? Number.NaN : Number(knob);
  if (point === "up" && !Number.isFinite(s)) {
    throw new ExperimentError(`"${text}" has no number after the colon. Use for example up:0.25.`);
  }
  return abcOf(point, layers, s);
}

/** a_l += θ, b_l −= θ, c −= 2θ: the function f_t stays the same at every time (2011.14522, section 3). */
export function shiftAbc(point: AbcParametrization, theta: number): AbcParametrization {
  return { a: point.a.map((a) => a + theta), b: point.b.map((b) => b - theta), c: point.c - 2 * theta };
}

/** @throws ExperimentError unless a and b have L+1 finite entries and c is finite. */
export function requireAbc(point: AbcParametrization, layers: number): void {
  requireLayers(layers);
  for (const [name, values] of [
    ["a", point.a],
    ["b", point.b],
  ] as const) {
    if (values.length !== layers + 1) {
      throw new ExperimentError(
        `${name} has ${values.length} ${values.length === 1 ? "entry" : "entries"}; ${layers} hidden layers need ${layers + 1}, one for each weight matrix.`,
      );
    }
    if (!values.every(Number.isFinite)) throw new ExperimentError(`${name} has an entry that is not a finite number.`);
  }
  if (!Number.isFinite(point.c)) throw new ExperimentError("c is not a finite number.");
}

function requireLayers(layers: number): void {
  if (!Number.isInteger(layers) || layers < 1) {
    throw new ExperimentError(`The number of hidden layers must be a whole number from 1 up, not ${layers}.`);
  }
}
