import type { ExperimentDefinition } from "../contract/experiment.ts";
import { canonicalJson } from "../contract/identity.ts";
import { mlpCost } from "./mlp-cost.ts";
import { mlpMetrics, mlpSeries } from "./mlp-metrics.ts";
import { curvePoints, hasClasses, isImageDataset, mlpParams } from "./mlp-params.ts";
import { mlpTheory } from "./mlp-theory.ts";

/**
 * Trains an abc-parametrized MLP: h¹ = W¹ξ, x^l = φ(h^l), h^{l+1} = W^{l+1}x^l, f = W^{L+1}x^L (Yang & Hu, arXiv 2011.14522).
 * Inputs ξ are scaled to mean square length 1.
 */
export const mlpDefinition: ExperimentDefinition<typeof mlpParams> = {
  id: "feature-learning.mlp",
  version: 1,
  family: "feature-learning",
  title: "MLP under an abc-parametrization",
  summary:
    "Trains a bias-free multilayer perceptron whose initial weights and learning rates follow chosen powers of the width, and reports how well it learns, how far its features move, and how far from its first kernel it ends. Repeated over widths, it shows which parametrizations keep their best learning rate and which learn features at infinite width.",
  params: mlpParams,
  metrics: mlpMetrics,
  series: mlpSeries,
  view: { x: "width", y: "finalTestLoss", color: "point", tune: "learningRate" },
  reports: (params, metric) => metric !== "finalTestAccuracy" || hasClasses(params.dataset),
  extent: (params) => ({ steps: params.steps, points: curvePoints(params) }),
  maxPack: 32,
  // The parametrization, η, the weight scale and the divergence bound only scale per-trial constants: any of them share a program.
  packKey({
    point: _point,
    s: _s,
    a: _a,
    b: _b,
    c: _c,
    d: _d,
    learningRate: _eta,
    weightScale: _scale,
    divergenceFactor: _factor,
    ...shape
  }) {
    return canonicalJson(shape);
  },
  cost: mlpCost,
  datasets: (params) => (isImageDataset(params.dataset) ? [params.dataset] : []),
  theory: mlpTheory,
};
