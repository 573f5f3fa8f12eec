import type { ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import type { InputIssue } from "../failure/failure.ts";
import { inputWords } from "../failure/input-words.ts";
import { countTrials } from "./count-trials.ts";
import { fitsJson } from "./json-size.ts";
import { maxTrialsPerSweep, type Sweep, sweepSchema } from "./sweep.ts";

export type ReadSweep =
  | { readonly ok: true; readonly sweep: Sweep }
  | { readonly ok: false; readonly issues: readonly InputIssue[] };

/** JSON values that a sweep may hold: several axes of the greatest length. Reading more would keep others waiting. */
const maxJsonValues = 50_000;
const maxJsonDepth = 20;
/** Issues shown at once. */
const maxIssues = 20;

/** The sweep alone: its shape and the cap, without the experiment. Never throws. */
export function readSweep(raw: unknown): ReadSweep {
  if (!fitsJson(raw, maxJsonValues, maxJsonDepth)) {
    const message = `This sweep is too long to be read: at most ${maxJsonValues.toLocaleString("en")} values, ${maxJsonDepth} levels deep. Write ladders, geometric axes or numbers of seeds instead of lists.`;
    return { ok: false, issues: [{ path: "sweep", message }] };
  }
  const nameless = protoPath(raw, ["sweep"]);
  if (nameless) return { ok: false, issues: [{ path: nameless, message: '"__proto__" cannot be a name.' }] };
  const parsed = sweepSchema.safeParse(raw, { error: inputWords });
  if (!parsed.success) {
    const issues = parsed.error.issues.slice(0, maxIssues).map(({ path, message }) => ({
      path: ["sweep", ...path.map(String)].join("."),
      message,
    }));
    return { ok: false, issues };
  }
  const count = countTrials(parsed.data);
  if (count > maxTrialsPerSweep) {
    const message = `This sweep asks for ${count.toLocaleString("en")} trials; the most is ${maxTrialsPerSweep.toLocaleString("en")}. Take fewer values or seeds, or split it into several studies.`;
    return { ok: false, issues: [{ path: "sweep", message }] };
  }
  return { ok: true, sweep: parsed.data };
}

/** Where the name `__proto__` stands, which zod leaves out without a word; null where it does not. */
function protoPath(value: unknown, path: readonly string[]): string | null {
  if (typeof value !== "object" || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    const at = [...path, name];
    const found = name === "__proto__" ? at.join(".") : protoPath(inner, at);
    if (found !== null) return found;
  }
  return null;
}

/** The same, and every name is a param of the experiment: so a sweep has no more axes than the experiment has params. Never throws. */
export function readSweepFor(definition: ExperimentDefinition, raw: unknown): ReadSweep {
  const read = readSweep(raw);
  if (!read.ok) return read;
  const { fixed, axes, random } = read.sweep;
  const known = Object.keys(definition.params.shape);
  const issues = Object.entries({ fixed, axes, "random.params": random?.params ?? {} }).flatMap(([place, params]) =>
    Object.keys(params)
      .filter((name) => !known.includes(name))
      .map((name) => ({
        path: `sweep.${place}.${name}`,
        message: `${definition.id}@${definition.version} has no "${name}". It knows: ${known.join(", ")}.`,
      })),
  );
  return issues.length > 0 ? { ok: false, issues: issues.slice(0, maxIssues) } : read;
}
