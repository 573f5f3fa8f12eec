import { countTrials } from "@widefield/graphql/sweep/count-trials";
import { maxTrialsPerSweep, type Sweep, sweepSchema } from "@widefield/graphql/sweep/sweep";
import { type Draft, isAxis, isDraw, type Plan } from "./draft.ts";
import type { FormIssue } from "./form-issue.ts";
import { fieldOfPath } from "./form-issue.ts";
import type { ParamField } from "./param-field.ts";
import { type Reading, readValue, readValues } from "./param-value.ts";

/** The `StudyInput` of the API, and the study file's content. */
export interface StudyContent {
  readonly slug?: string;
  readonly title: string;
  readonly question: string;
  readonly description?: string;
  readonly experiment: string;
  readonly sweep: SweepContent;
  readonly quorum: number;
  readonly license: string;
}

export interface SweepContent {
  readonly fixed: Readonly<Record<string, unknown>>;
  readonly axes: Readonly<Record<string, unknown>>;
  readonly random?: {
    readonly count: number;
    readonly seed: number;
    readonly params: Readonly<Record<string, unknown>>;
  };
  readonly seeds: number | readonly number[];
}

export interface DraftReading {
  /** Null while the sweep itself cannot be read; then issues say why. */
  readonly sweep: SweepContent | null;
  /** The same after defaults, ready to be expanded. */
  readonly parsed: Sweep | null;
  /** Null while anything is wrong. */
  readonly study: StudyContent | null;
  readonly issues: readonly FormIssue[];
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Reads the whole form. Pure; the server checks again, with rules across params that only the experiment knows. */
export function studyOfDraft(draft: Draft, fields: readonly ParamField[]): DraftReading {
  const sweep = readSweep(draft, fields);
  const words = readWords(draft);
  const issues = [...words, ...sweep.issues];
  if (!sweep.sweep || issues.length > 0) return { ...sweep, study: null, issues };
  const study: StudyContent = {
    ...(draft.slug.trim() === "" ? {} : { slug: draft.slug.trim() }),
    title: draft.title.trim(),
    question: draft.question.trim(),
    ...(draft.description.trim() === "" ? {} : { description: draft.description.trim() }),
    experiment: draft.experiment,
    sweep: sweep.sweep,
    quorum: Number(draft.quorum),
    license: draft.license.trim(),
  };
  return { ...sweep, study, issues };
}

function readWords(draft: Draft): FormIssue[] {
  const issues: FormIssue[] = [];
  if (draft.title.trim() === "") issues.push({ field: "title", message: "Give the study a title." });
  if (draft.question.trim() === "") {
    issues.push({ field: "question", message: "Say what the study asks, in one sentence." });
  }
  const slug = draft.slug.trim();
  if (slug !== "" && !SLUG.test(slug)) {
    issues.push({ field: "slug", message: "Use lower-case letters and digits, joined by single hyphens." });
  }
  if (!/^[1-5]$/.test(draft.quorum.trim()))
    issues.push({ field: "quorum", message: "Give a whole number from 1 to 5." });
  if (draft.license.trim() === "") issues.push({ field: "license", message: "Name a licence, such as CC-BY-4.0." });
  return issues;
}

interface SweepReading {
  readonly sweep: SweepContent | null;
  readonly parsed: Sweep | null;
  readonly issues: readonly FormIssue[];
}

/** The sweep alone, which is all that the quote and an extension need. */
export function readSweep(draft: Draft, fields: readonly ParamField[]): SweepReading {
  const issues: FormIssue[] = [];
  const byName = new Map(fields.map((field) => [field.name, field]));
  const take = (field: string, reading: Reading): unknown => {
    if (!reading.ok) issues.push({ field, message: reading.message });
    return reading.ok ? reading.value : undefined;
  };

  const fixed: Record<string, unknown> = {};
  const drawn: Record<string, unknown> = {};
  for (const field of fields) {
    const plan = draft.plans[field.name];
    if (!plan) continue;
    if (isDraw(plan.kind)) drawn[field.name] = take(`param.${field.name}`, readDraw(field, plan));
    if (plan.kind !== "fixed" || (plan.value.trim() === "" && !field.required)) continue;
    const value = take(`param.${field.name}`, readValue(field, plan.value));
    if (JSON.stringify(value) !== JSON.stringify(field.preset)) fixed[field.name] = value;
  }

  const axes: Record<string, unknown> = {};
  for (const name of draft.order) {
    const [field, plan] = [byName.get(name), draft.plans[name]];
    if (field && plan && isAxis(plan.kind)) axes[name] = take(`param.${name}`, readAxis(field, plan));
  }

  const seeds = take("seeds", readSeeds(draft.seeds));
  const random = Object.keys(drawn).length > 0 ? readDraws(draft, drawn, issues) : undefined;
  if (issues.length > 0) return { sweep: null, parsed: null, issues };
  return checked({ fixed, axes, ...(random ? { random } : {}), seeds: seeds as SweepContent["seeds"] });
}

/** The rules of every sweep, and the cap: said here before anything is sent. */
function checked(sweep: SweepContent): SweepReading {
  const parsed = sweepSchema.safeParse(sweep);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({
      field: fieldOfPath(["sweep", ...path].map(String).join(".")),
      message,
    }));
    return { sweep: null, parsed: null, issues };
  }
  const trials = countTrials(parsed.data);
  if (trials > maxTrialsPerSweep) {
    const message = `This sweep asks for ${trials.toLocaleString("en-GB")} trials; a study may have ${maxTrialsPerSweep.toLocaleString("en-GB")}. Take fewer values, draws or seeds.`;
    return { sweep: null, parsed: null, issues: [{ field: "sweep", message }] };
  }
  return { sweep, parsed: parsed.data, issues: [] };
}

function readAxis(field: ParamField, plan: Plan): Reading {
  if (plan.kind === "list") return readValues(field, plan.values);
  const ends = readEnds(field, plan);
  if (!ends.ok) return ends;
  const [from, to] = ends.value;
  if (from <= 0 || to <= 0) return { ok: false, message: "A ladder or log spacing needs values above 0." };
  if (plan.kind === "ladder") {
    if (to < from) return { ok: false, message: "A ladder climbs: “to” must not be below “from”." };
    const factor = Number(plan.factor);
    if (!(factor > 1)) return { ok: false, message: "The factor must be more than 1." };
    return { ok: true, value: { ladder: factor === 2 ? { from, to } : { from, to, factor } } };
  }
  const count = Number(plan.count);
  if (!Number.isInteger(count) || count < 2) return { ok: false, message: "Give the number of values, 2 or more." };
  return { ok: true, value: { geometric: { from, to, count } } };
}

function readDraw(field: ParamField, plan: Plan): Reading {
  if (plan.kind === "drawn") {
    const values = readValues(field, plan.values);
    return values.ok ? { ok: true, value: { choice: values.value } } : values;
  }
  const ends = readEnds(field, plan);
  if (!ends.ok) return ends;
  if (ends.value[1] <= ends.value[0]) return { ok: false, message: "“To” must be above “from”." };
  if (plan.kind === "logUniform" && ends.value[0] <= 0) {
    return { ok: false, message: "Log-even draws must start above 0." };
  }
  return { ok: true, value: { [plan.kind]: ends.value } };
}

function readEnds(
  field: ParamField,
  plan: Plan,
): { ok: true; value: [number, number] } | { ok: false; message: string } {
  const from = readValue(field, plan.from);
  if (!from.ok) return { ok: false, message: `From: ${from.message}` };
  const to = readValue(field, plan.to);
  if (!to.ok) return { ok: false, message: `To: ${to.message}` };
  if (typeof from.value !== "number" || typeof to.value !== "number")
    return { ok: false, message: "Give two numbers." };
  return { ok: true, value: [from.value, to.value] };
}

function readSeeds(typed: string): Reading {
  const text = typed.trim().replace(/^\[(.*)\]$/s, "$1");
  const isList = typed.trim().startsWith("[") || /[\s,;]/.test(text);
  const numbers = text.split(/[\s,;]+/).filter((part) => part !== "");
  if (numbers.length === 0) return { ok: false, message: "Give the number of seeds, or the seeds: 0, 7, 9." };
  if (!numbers.every((part) => /^\d+$/.test(part) && Number(part) < 2 ** 31)) {
    return { ok: false, message: "Seeds are whole numbers from 0 to 2,147,483,647." };
  }
  if (isList) {
    const seeds = numbers.map(Number);
    if (new Set(seeds).size < seeds.length) return { ok: false, message: "One of the seeds stands here twice." };
    return { ok: true, value: seeds };
  }
  const count = Number(numbers[0]);
  return count >= 1
    ? { ok: true, value: count }
    : { ok: false, message: "A study needs at least one seed; 0 asks nothing." };
}

function readDraws(draft: Draft, params: Record<string, unknown>, issues: FormIssue[]): SweepContent["random"] {
  const count = Number(draft.drawCount);
  const seed = Number(draft.drawSeed);
  if (draft.drawCount.trim() === "" || !Number.isInteger(count) || count < 1) {
    issues.push({ field: "draws", message: "Give the number of draws, 1 or more." });
  }
  if (draft.drawSeed.trim() === "" || !Number.isInteger(seed) || seed < 0) {
    issues.push({ field: "draws", message: "The seed of the draws is a whole number, 0 or more." });
  }
  return { count, seed, params };
}
