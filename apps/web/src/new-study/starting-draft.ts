import { type Draft, emptyDraft, type Plan, withPlan } from "./draft.ts";
import type { ExperimentChoice } from "./experiment-choice.ts";
import type { ParamField } from "./param-field.ts";
import { startingLadder } from "./starting-range.ts";

/** Words of a list that a new form begins with. */
const FIRST_WORDS = 3;

/**
 * The form of somebody who begins: the params that the experiment's own chart shows vary already, so that the first study asks
 * something. All others are at their defaults.
 */
export function startingDraft({ key, fields, shown }: Pick<ExperimentChoice, "key" | "fields" | "shown">): Draft {
  let draft = emptyDraft(key, fields);
  for (const name of shown) {
    const field = fields.find((one) => one.name === name);
    const plan = draft.plans[name];
    const varied = field && plan ? startingPlan(field, plan) : null;
    if (varied) draft = withPlan(draft, name, varied);
  }
  return draft;
}

function startingPlan(field: ParamField, plan: Plan): Plan | null {
  if (field.kind === "choice" && field.options.length > 1) {
    return { ...plan, kind: "list", values: field.options.slice(0, FIRST_WORDS).join(", ") };
  }
  if (field.kind !== "integer" && field.kind !== "number") return null;
  const ladder = startingLadder(field, plan);
  return ladder.from === ladder.to ? null : ladder;
}
