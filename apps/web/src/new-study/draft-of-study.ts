import { type Draft, emptyDraft, fixedPlan, type Plan } from "./draft.ts";
import { isRecord, type ParamField } from "./param-field.ts";
import { typedValue } from "./param-value.ts";

/**
 * The form for a study that exists as a file or as another study; the inverse of `study-of-draft`.
 * Takes anything: what it does not know it names in `problems`, and the rest is filled in.
 */
export function draftOfStudy(
  study: unknown,
  fieldsOf: (experiment: string) => { readonly experiment: string; readonly fields: readonly ParamField[] } | null,
): { readonly draft: Draft | null; readonly problems: readonly string[] } {
  if (!isRecord(study)) return refuse("This is not a study: it should have title, question, experiment and sweep.");
  const named = typeof study.experiment === "string" ? study.experiment : "";
  if (named === "") return refuse("The study names no experiment. Add a line such as experiment: feature-learning.mlp");
  const known = fieldsOf(named);
  if (!known) return refuse(`This site has no experiment “${named}”.`);
  const empty = emptyDraft(known.experiment, known.fields);
  const problems = unknownKeys(study, KEYS, "The file");
  const swept = draftOfSweep(study.sweep, empty, known.fields);
  const draft: Draft = {
    ...swept.draft,
    title: words(study.title),
    question: words(study.question),
    description: words(study.description),
    slug: words(study.slug),
    license: words(study.license) || empty.license,
    quorum: typeof study.quorum === "number" ? String(study.quorum) : empty.quorum,
  };
  return { draft, problems: [...problems, ...swept.problems] };
}

const KEYS = ["slug", "title", "question", "description", "experiment", "sweep", "quorum", "license"];

/** Lays a sweep over an empty draft. */
export function draftOfSweep(
  sweep: unknown,
  empty: Draft,
  fields: readonly ParamField[],
): { readonly draft: Draft; readonly problems: readonly string[] } {
  if (!isRecord(sweep)) return { draft: empty, problems: ["The study has no sweep: give fixed, axes and seeds."] };
  const problems = unknownKeys(sweep, ["fixed", "axes", "random", "seeds"], "The sweep");
  const names = new Set(fields.map((field) => field.name));
  const plans: Record<string, Plan> = { ...empty.plans };
  const order: string[] = [];
  const lay = (name: string, plan: Plan | null): boolean => {
    if (!names.has(name)) problems.push(`The experiment has no param “${name}”.`);
    else if (!plan) problems.push(`The sweep of “${name}” is none that this form knows.`);
    else plans[name] = plan;
    return names.has(name) && plan !== null;
  };

  for (const [name, value] of entries(sweep.fixed)) lay(name, fixedPlan(typedValue(value)));
  for (const [name, axis] of entries(sweep.axes)) {
    const preset = typedValue(fields.find((field) => field.name === name)?.preset);
    if (lay(name, planOfAxis(axis, fixedPlan(preset)))) order.push(name);
  }
  const random = isRecord(sweep.random) ? sweep.random : {};
  for (const [name, draw] of entries(random.params)) {
    const preset = typedValue(fields.find((field) => field.name === name)?.preset);
    lay(name, planOfDraw(draw, fixedPlan(preset)));
  }
  const draft: Draft = {
    ...empty,
    plans,
    order,
    seeds: seedsInWords(sweep.seeds) ?? empty.seeds,
    drawCount: typeof random.count === "number" ? String(random.count) : empty.drawCount,
    drawSeed: typeof random.seed === "number" ? String(random.seed) : empty.drawSeed,
  };
  return { draft, problems };
}

function planOfAxis(axis: unknown, preset: Plan): Plan | null {
  if (Array.isArray(axis)) return { ...preset, kind: "list", values: listInWords(axis) };
  if (!isRecord(axis)) return null;
  const { ladder, geometric } = axis;
  if (isRecord(ladder)) {
    const factor = ladder.factor === undefined ? "2" : typedValue(ladder.factor);
    return { ...preset, kind: "ladder", from: typedValue(ladder.from), to: typedValue(ladder.to), factor };
  }
  if (isRecord(geometric)) {
    const { from, to, count } = geometric;
    return { ...preset, kind: "geometric", from: typedValue(from), to: typedValue(to), count: typedValue(count) };
  }
  return null;
}

function planOfDraw(draw: unknown, preset: Plan): Plan | null {
  if (!isRecord(draw)) return null;
  if (Array.isArray(draw.choice)) return { ...preset, kind: "drawn", values: listInWords(draw.choice) };
  for (const kind of ["uniform", "logUniform"] as const) {
    const ends = draw[kind];
    if (Array.isArray(ends)) return { ...preset, kind, from: typedValue(ends[0]), to: typedValue(ends[1]) };
  }
  return null;
}

/** Objects as a JSON list, plain values separated by commas. */
export function listInWords(values: readonly unknown[]): string {
  const plain = values.every((value) => typeof value !== "object" || value === null);
  return plain ? values.map(typedValue).join(", ") : JSON.stringify(values);
}

function seedsInWords(seeds: unknown): string | null {
  if (typeof seeds === "number") return String(seeds);
  if (!Array.isArray(seeds)) return null;
  return seeds.length === 1 ? `[${String(seeds[0])}]` : seeds.map(String).join(", ");
}

function unknownKeys(record: Readonly<Record<string, unknown>>, known: readonly string[], where: string): string[] {
  return Object.keys(record)
    .filter((key) => !known.includes(key))
    .map((key) => `${where} has “${key}”, which nothing here knows.`);
}

function entries(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}

function words(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

function refuse(problem: string): { draft: null; problems: string[] } {
  return { draft: null, problems: [problem] };
}
