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
    exponents.featureKernelDrift = 0 - 2 * r;
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
