import type { Theory } from "../contract/experiment.ts";
import { classify, type Verdict } from "./classify.ts";
import { classifyAdaptive } from "./classify-adaptive.ts";
import { adamPoint, type MlpParams, sgdPoint } from "./mlp-params.ts";

const meaning: Readonly<Record<Verdict, string>> = {
  unstable: "Activations or logits blow up as the width grows.",
  trivial: "The function stops moving as the width grows: the infinite-width net never learns.",
  kernel: "The infinite-width net learns as a kernel method: its outputs move, its features do not.",
  feature: "The infinite-width net learns features: its hidden activations move by a finite amount.",
};

/** The dichotomy theorem about one configuration: SGD and momentum by the abc form, Adam by the abcd form. */
export function mlpTheory(params: MlpParams): Theory {
  const adaptive = params.optimizer === "adam";
  const { assumptions, ...found } = adaptive
    ? classifyAdaptive(adamPoint(params), params.depth)
    : classify(sgdPoint(params), params.depth);
  const { verdict, r, movementExponents } = found;
  const exponents: Record<string, number> = {};
  if (verdict !== "unstable") {
    for (const [index, exponent] of movementExponents.entries()) exponents[`featureMovement.${index + 1}`] = exponent;
    exponents.featureKernelDrift = kernelDriftExponent(r, readoutExponents(params));
    if (verdict !== "trivial") exponents.outputMovement = 0;
  }
  const caveat =
    params.activation === "linear"
      ? " This configuration is linear, so the dichotomy is not guaranteed."
      : params.activation === "relu"
        ? " This configuration uses relu itself, not a smoothed one."
        : "";
  return { verdict, summary: meaning[verdict], exponents, assumptions: assumptions + caveat, detail: { ...found } };
}

/** Entries of W^{L+1} as they act on x^L, each as n^{-…}: at the start, and what a step adds to them. */
interface ReadoutExponents {
  readonly initial: number;
  readonly update: number;
}

function readoutExponents(params: MlpParams): ReadoutExponents {
  const last = params.depth;
  const at = (values: readonly number[]): number => values[last] ?? Number.NaN;
  if (params.optimizer === "adam") {
    const { a, b, c } = adamPoint(params);
    return { initial: at(a) + at(b), update: at(a) + at(c) };
  }
  const { a, b, c } = sgdPoint(params);
  return { initial: at(a) + at(b), update: 2 * at(a) + c };
}

/**
 * Power of n of ‖F_t − F_0‖ after several steps, F = x^L·x^L/n, for stable points with Δx^L = Θ(n^{-r}):
 * ΔF = (x_0·Δx + Δx·x_0 + Δx·Δx)/n, and the largest of its parts decides.
 * Δx·Δx/n is a mean of products of one sign: n^{-2r}.
 * Δx follows the gradient at x^L, W^{L+1}ᵀχ. What comes of the initial W^{L+1} has random signs independent of x_0, so x_0·Δx/n is n^{-½} times
 * that part of Δx. What comes of the trained ΔW^{L+1} ∝ χx^L is aligned with x_0, and its mean is as large as that part of Δx.
 * The larger of W_0^{L+1} and ΔW^{L+1} makes Δx = Θ(n^{-r}); the other's part is smaller by their ratio. Derived for this experiment, and measured.
 */
function kernelDriftExponent(r: number, { initial, update }: ReadoutExponents): number {
  const larger = Math.min(initial, update);
  const random = r + (initial - larger) + 0.5;
  const aligned = r + (update - larger);
  return 0 - Math.min(2 * r, random, aligned);
}
