import { isRecord, type ParamField } from "./param-field.ts";
import { typedValue } from "./param-value.ts";

/** What the form holds: the words as typed, so that nothing half-typed is lost. Made into a study by `study-of-draft`. */
export interface Draft {
  /** `feature-learning.mlp@1` */
  readonly experiment: string;
  readonly title: string;
  readonly question: string;
  readonly description: string;
  /** Empty: made from the title. */
  readonly slug: string;
  readonly license: string;
  readonly quorum: string;
  /** "3" for 0, 1, 2; or the seeds themselves, "0, 7, 9" (one alone as "[7]"). */
  readonly seeds: string;
  readonly drawCount: string;
  readonly drawSeed: string;
  readonly plans: Readonly<Record<string, Plan>>;
  /** Names of the swept params, outermost first. */
  readonly order: readonly string[];
}

/** How one param gets its values. All texts are kept when the kind changes, so that changing back loses nothing. */
export interface Plan {
  readonly kind: PlanKind;
  readonly value: string;
  readonly values: string;
  readonly from: string;
  readonly to: string;
  readonly factor: string;
  readonly count: string;
}

export const PLAN_KINDS = ["fixed", "list", "ladder", "geometric", "uniform", "logUniform", "drawn"] as const;
export type PlanKind = (typeof PLAN_KINDS)[number];

export const PLAN_LABELS: Readonly<Record<PlanKind, string>> = {
  fixed: "One value",
  list: "List of values",
  ladder: "Ladder by a factor",
  geometric: "Log-spaced values",
  uniform: "Random, even",
  logUniform: "Random, log-even",
  drawn: "Random, from a list",
};

/** The kinds that make sense for a param: numbers take them all, words only lists and draws from a list. */
export function planKinds(field: ParamField): readonly PlanKind[] {
  if (field.kind === "integer") return ["fixed", "list", "ladder", "geometric", "drawn"];
  if (field.kind === "number") return PLAN_KINDS;
  return ["fixed", "list", "drawn"];
}

export function isAxis(kind: PlanKind): boolean {
  return kind === "list" || kind === "ladder" || kind === "geometric";
}

export function isDraw(kind: PlanKind): boolean {
  return kind === "uniform" || kind === "logUniform" || kind === "drawn";
}

/** An empty form for an experiment: every param fixed at its default. */
export function emptyDraft(experiment: string, fields: readonly ParamField[]): Draft {
  return {
    experiment,
    title: "",
    question: "",
    description: "",
    slug: "",
    license: "CC-BY-4.0",
    quorum: "2",
    seeds: "3",
    drawCount: "20",
    drawSeed: "1",
    plans: Object.fromEntries(fields.map((field) => [field.name, fixedPlan(typedValue(field.preset))])),
    order: [],
  };
}

export function fixedPlan(value: string): Plan {
  return { kind: "fixed", value, values: "", from: "", to: "", factor: "2", count: "5" };
}

/** The draft with one param's plan changed, and the order of the axes kept in step. */
export function withPlan(draft: Draft, name: string, plan: Plan): Draft {
  const others = draft.order.filter((other) => other !== name);
  const stays = draft.order.includes(name) && isAxis(plan.kind);
  const order = stays ? draft.order : isAxis(plan.kind) ? [...others, name] : others;
  return { ...draft, plans: { ...draft.plans, [name]: plan }, order };
}

/** A stored draft, or null when the text is not one. Params that the experiment lost are dropped, new ones get defaults. */
export function readDraft(text: string | null, fieldsOf: (experiment: string) => readonly ParamField[]): Draft | null {
  if (text === null) return null;
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(stored) || typeof stored.experiment !== "string") return null;
  const fields = fieldsOf(stored.experiment);
  if (fields.length === 0) return null;
  const empty = emptyDraft(stored.experiment, fields);
  const plans = isRecord(stored.plans) ? stored.plans : {};
  return {
    ...withTexts(empty, stored),
    plans: Object.fromEntries(
      Object.entries(empty.plans).map(([name, plan]) => [name, readPlan(plan, plans[name])] as const),
    ),
    order: (Array.isArray(stored.order) ? stored.order : []).filter(
      (name) => typeof name === "string" && name in empty.plans,
    ),
  };
}

function readPlan(preset: Plan, stored: unknown): Plan {
  if (!isRecord(stored)) return preset;
  const kind = PLAN_KINDS.find((known) => known === stored.kind) ?? preset.kind;
  return { ...withTexts(preset, stored), kind };
}

/** Overlays the string members of `stored` that `preset` has as strings too. */
function withTexts<T extends object>(preset: T, stored: Readonly<Record<string, unknown>>): T {
  const texts = Object.entries(preset).flatMap(([key, value]) =>
    typeof value === "string" && typeof stored[key] === "string" ? [[key, stored[key]] as const] : [],
  );
  return { ...preset, ...Object.fromEntries(texts) };
}
