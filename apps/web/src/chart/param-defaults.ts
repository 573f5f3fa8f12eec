import { jsonKey } from "./json-key.ts";
import { defaultOf, paramNames } from "./param-title.ts";

export type ParamEntry = readonly [param: string, value: unknown];

/** Params apart by whether their value was chosen or is the schema's default. */
export interface SplitParams {
  readonly chosen: readonly ParamEntry[];
  readonly defaults: readonly ParamEntry[];
}

/**
 * An experiment sets a param that another choice makes irrelevant back to its default (momentum under SGD) and declares nowhere
 * that it did. So a value at its default may count or not: it must not stand among the settings as if somebody had chosen it.
 */
export function splitDefaults(paramsSchema: unknown, params: readonly ParamEntry[]): SplitParams {
  const isDefault = ([param, value]: ParamEntry) => {
    const preset = defaultOf(paramsSchema, param);
    return preset !== undefined && jsonKey(preset) === jsonKey(value);
  };
  return { chosen: params.filter((entry) => !isDefault(entry)), defaults: params.filter(isDefault) };
}

/** What a study leaves at its default: every param of the schema with one, in its order, but those that the study names, if only a part of. */
export function defaultsBeside(paramsSchema: unknown, named: readonly string[]): ParamEntry[] {
  const taken = new Set(named.flatMap((param) => [param, param.split(".", 1)[0]]));
  return paramNames(paramsSchema).flatMap((param) => {
    const preset = defaultOf(paramsSchema, param);
    return preset === undefined || taken.has(param) ? [] : [[param, preset] as const];
  });
}
