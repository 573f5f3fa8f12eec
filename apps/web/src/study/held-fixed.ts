import { axisValues } from "@widefield/graphql/sweep/axis-values";
import { sweepSchema } from "@widefield/graphql/sweep/sweep";
import { defaultsBeside, type ParamEntry } from "../chart/param-defaults.ts";

/** What all trials of a study have in common: what it sets itself, and what it leaves to its experiment. */
export interface HeldFixed {
  readonly set: readonly ParamEntry[];
  readonly defaults: readonly ParamEntry[];
}

/** Reads it off the study's sweeps; `varied` are the params that take more than one value over them. */
export function heldFixed(sweeps: readonly unknown[], varied: readonly string[], paramsSchema: unknown): HeldFixed {
  const read = sweeps.flatMap((sweep) => sweepSchema.safeParse(sweep).data ?? []);
  const set = new Map<string, unknown>(
    read.flatMap(({ fixed, axes }) => [
      ...Object.entries(fixed),
      // An axis of one value varies nothing.
      ...Object.entries(axes).flatMap(([param, axis]) =>
        axisValues(axis)
          .slice(0, 1)
          .map((value) => [param, value] as const),
      ),
    ]),
  );
  const drawn = read.flatMap(({ random }) => Object.keys(random?.params ?? {}));
  return {
    set: [...set].filter(([param]) => !varied.includes(param)),
    defaults: defaultsBeside(paramsSchema, [...set.keys(), ...drawn, ...varied]),
  };
}
