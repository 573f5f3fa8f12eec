import type { Metric, Series } from "../contract/experiment.ts";

/** Replicas of one trial may differ by the order in which floats are summed; the README of this folder says how the sizes were measured. */
const lossTolerance = { absolute: 1e-5, relative: 0.02 };
const driftTolerance = { absolute: 1e-5, relative: 0.05 };
/** Where features hardly move, under SP at width 1024, it is by 8e-6: the rounding of x is all that is left to forgive. */
const movementTolerance = { absolute: 1e-6, relative: 0.05 };
/**
 * An example near the boundary may fall on either side: three of 64 may differ, and one of 20. Where more examples are read this is wide, and the
 * loss, which is compared as well, is the sharper check.
 */
const accuracyTolerance = { absolute: 0.05, relative: 0 };

const base = { unit: "", direction: "none", scale: "log", perLayer: false } as const;

export const mlpMetrics: readonly Metric[] = [
  {
    ...base,
    name: "finalTrainLoss",
    label: "Final training loss",
    help: "Loss on the first training examples after the last step.",
    direction: "minimize",
    tolerance: lossTolerance,
  },
  {
    ...base,
    name: "finalTestLoss",
    label: "Final test loss",
    help: "Loss on the test examples after the last step.",
    direction: "minimize",
    tolerance: lossTolerance,
  },
  {
    ...base,
    name: "bestTestLoss",
    label: "Best test loss",
    help: "Smallest test loss of the curve.",
    direction: "minimize",
    tolerance: lossTolerance,
  },
  {
    ...base,
    name: "finalTestAccuracy",
    label: "Final test accuracy",
    help: "Share of the test examples classified rightly after the last step. Only for data with classes.",
    direction: "maximize",
    scale: "linear",
    tolerance: accuracyTolerance,
  },
  {
    ...base,
    name: "featureMovement",
    label: "Feature movement",
    help: "rms over neurons and probe inputs of the change of x^l from the start to the end.",
    perLayer: true,
    tolerance: movementTolerance,
  },
  {
    ...base,
    name: "outputMovement",
    label: "Output movement",
    help: "rms over outputs and probe inputs of the change of f from the start to the end.",
    tolerance: driftTolerance,
  },
  {
    ...base,
    name: "featureKernelDrift",
    label: "Feature-kernel drift",
    help: "Frobenius norm of F_t − F_0, where F = x^Lᵀx^L/n over the probe inputs.",
    tolerance: driftTolerance,
  },
  {
    ...base,
    name: "stepsPerSecond",
    label: "Steps per second",
    help: "Training steps of all trials of the pack, per second of the whole program.",
    unit: "1/s",
    direction: "maximize",
    tolerance: null,
  },
  {
    ...base,
    name: "flopsPerSecond",
    label: "FLOP/s",
    help: "Floating-point operations of the whole pack per second, evaluation included.",
    unit: "FLOP/s",
    direction: "maximize",
    tolerance: null,
  },
];

export const mlpSeries: readonly Series[] = [
  { name: "trainLoss", label: "Training loss", unit: "", scale: "log", endsIn: "finalTrainLoss" },
  { name: "testLoss", label: "Test loss", unit: "", scale: "log", endsIn: "finalTestLoss" },
  { name: "testAccuracy", label: "Test accuracy", unit: "", scale: "linear", endsIn: "finalTestAccuracy" },
  {
    name: "featureMovement",
    label: "Feature movement of the last hidden layer",
    unit: "",
    scale: "log",
    endsIn: "featureMovement",
  },
];
