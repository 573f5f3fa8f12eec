import { axisValues } from "@widefield/graphql/sweep/axis-values";
import { countTrials, seedsOf } from "@widefield/graphql/sweep/count-trials";
import { sweepSchema } from "@widefield/graphql/sweep/sweep";
import type { Axis } from "../chart/view.ts";

/** What a draft will vary and how many trials it will have: a study has trials only once it is published. */
export function draftAxes(sweep: unknown): { axes: Axis[]; trials: number } {
  const read = sweepSchema.safeParse(sweep);
  if (!read.success) return { axes: [], trials: 0 };
  const axes = Object.entries(read.data.axes).map(([param, axis]) => ({ param, values: axisValues(axis) }));
  return { axes: [...axes, { param: "seed", values: seedsOf(read.data) }], trials: countTrials(read.data) };
}
