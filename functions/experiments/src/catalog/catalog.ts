import { z } from "zod";
import type { ExperimentDefinition } from "../contract/experiment.ts";
import { mlpDefinition } from "../feature-learning/mlp-definition.ts";

/** Every experiment, light half only: nothing here loads tfjs. */
// A definition accepts only its own params; parseParams is what makes passing them on safe, so the list forgets the schema's shape.
export const experiments: readonly ExperimentDefinition[] = [mlpDefinition as unknown as ExperimentDefinition];

/**
 * Finds an experiment by `<id>@<version>`, or by id and version; without a version, the newest.
 * Undefined when there is none.
 */
export function findExperiment(name: string, version?: number): ExperimentDefinition | undefined {
  const [, id, suffix] = /^([^@]+)(?:@([1-9]\d*))?$/.exec(name) ?? [];
  const wanted = version ?? (suffix === undefined ? undefined : Number(suffix));
  return experiments
    .filter((definition) => definition.id === id && (wanted === undefined || definition.version === wanted))
    .sort((a, b) => b.version - a.version)[0];
}

/** JSON Schema (draft 2020-12) of what a person may send: titles, help, units, bounds and defaults; fields with a default are not required. */
export function paramsJsonSchema(definition: ExperimentDefinition): Record<string, unknown> {
  return {
    ...z.toJSONSchema(definition.params, { io: "input" }),
    title: definition.title,
    description: definition.summary,
  };
}

export interface ParamsIssue {
  /** Dotted, for example `a.2`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

export type ParsedParams =
  | { readonly ok: true; readonly params: Record<string, unknown> }
  | { readonly ok: false; readonly issues: readonly ParamsIssue[] };

/** Params after defaults, in canonical form; or what is wrong, field by field, in words for a person. Never throws. */
export function parseParams(definition: ExperimentDefinition, raw: unknown): ParsedParams {
  const parsed = definition.params.safeParse(raw);
  if (parsed.success) return { ok: true, params: parsed.data };
  return {
    ok: false,
    issues: parsed.error.issues.map((issue) => ({
      path: issue.path.map(String).join("."),
      message: sentence(issue, definition),
    })),
  };
}

function sentence(issue: z.core.$ZodIssue, definition: ExperimentDefinition): string {
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys(definition.params.shape).join(", ");
    return `${definition.id}@${definition.version} has no ${issue.keys.map((key) => `"${key}"`).join(", ")}. It knows: ${known}.`;
  }
  return issue.message;
}
