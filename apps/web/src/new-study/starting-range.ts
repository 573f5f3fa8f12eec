import type { Plan } from "./draft.ts";
import type { ParamField } from "./param-field.ts";
import { readValue, typedValue } from "./param-value.ts";

/** How often a value is doubled, and halved, to make a range around it. */
const DOUBLINGS = 2;

/**
 * Ends to begin a sweep with: the value (1 where it is no number above 0) halved twice and doubled twice, as far as the param
 * allows. A ladder by 2 and as many log-spaced values as `count` both step through whole doublings.
 */
export function startingRange(field: ParamField, value: string): Pick<Plan, "from" | "to" | "count"> {
  const allowed = (size: number) => readValue(field, String(size)).ok;
  const middle = Number(value) > 0 ? Number(value) : 1;
  if (!allowed(middle)) return { from: value, to: value, count: "5" };
  const steps = (by: number) => {
    let taken = 0;
    while (taken < DOUBLINGS && allowed(middle * by ** (taken + 1))) taken += 1;
    return taken;
  };
  const [down, up] = [steps(1 / 2), steps(2)];
  return {
    from: String(middle / 2 ** down),
    to: String(middle * 2 ** up),
    count: String(Math.max(2, down + up + 1)),
  };
}

/** A plan's fresh start in a ladder around a value: 64 to 1024 around 256. */
export function startingLadder(field: ParamField, plan: Plan): Plan {
  return { ...plan, kind: "ladder", ...startingRange(field, plan.value || typedValue(field.preset)) };
}
