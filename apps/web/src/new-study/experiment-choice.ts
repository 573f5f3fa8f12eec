import type { NewStudyExperimentsQuery } from "@widefield/graphql/documents";
import { type ParamField, paramFields } from "./param-field.ts";

/** An experiment as the form offers it. */
export interface ExperimentChoice {
  /** `feature-learning.mlp@1` */
  readonly key: string;
  readonly title: string;
  readonly summary: string;
  readonly fields: readonly ParamField[];
  /** Params that its default chart shows: they stand first in the form. */
  readonly leading: readonly string[];
  /** The params of that chart's lines and of its axis, which a new form varies. */
  readonly shown: readonly string[];
}

/** At least one. */
export type ExperimentChoices = readonly [ExperimentChoice, ...ExperimentChoice[]];

/** The API's experiments by name, newest version first; null without any. */
export function experimentChoices(experiments: NewStudyExperimentsQuery["experiments"]): ExperimentChoices | null {
  const [first, ...others] = [...experiments]
    .sort((a, b) => a.name.localeCompare(b.name) || b.version - a.version)
    .map(({ name, version, title, summary, paramsSchema, view }) => ({
      key: `${name}@${version}`,
      title,
      summary,
      fields: paramFields(paramsSchema),
      shown: [view.color, view.x],
      leading: [view.color, view.x, ...(view.tune === null ? [] : [view.tune])],
    }));
  return first ? [first, ...others] : null;
}

/** By `name@version`, or the newest by name. */
export function findChoice(choices: readonly ExperimentChoice[], name: string): ExperimentChoice | null {
  return choices.find(({ key }) => key === name || key.startsWith(`${name}@`)) ?? null;
}
