import { hash } from "node:crypto";
import { parseParams } from "@widefield/experiments/catalog";
import type { ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import { canonicalJson } from "@widefield/experiments/contract/identity";
import type { InputIssue } from "../failure/failure.ts";
import { type Cell, cellName, cellsOf } from "./cells.ts";
import { countTrials, seedsOf } from "./count-trials.ts";
import { atOnce, type Computation, inPieces } from "./pieces.ts";
import { readSweepFor } from "./read-sweep.ts";
import type { Sweep } from "./sweep.ts";
import { inTurn } from "./turns.ts";

/** A trial as a sweep asks for it: params after defaults, and its content address. */
export interface PlannedTrial {
  readonly params: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly digest: string;
}

export type ExpandedSweep =
  | { readonly ok: true; readonly sweep: Sweep; readonly trials: readonly PlannedTrial[]; readonly repeated: number }
  | { readonly ok: false; readonly issues: readonly InputIssue[] };

/** Issues shown at once; a thousand bad cells say no more than the first ones. */
const maxIssues = 20;
/** Trials between two places where the expansion may be interrupted: a fraction of a millisecond. */
const breath = 64;

/**
 * Reads a sweep and expands it for an experiment, in order; trials that turn out equal are kept once and counted in `repeated`.
 * Never throws: what is wrong is said with its dotted path (below `sweep`) and, for params, with the first cell concerned.
 * A sweep above the cap, or with names that the experiment does not know, is refused before anything is expanded.
 */
export function expandSweep(definition: ExperimentDefinition, raw: unknown): ExpandedSweep {
  const read = readSweepFor(definition, raw);
  return read.ok ? atOnce(expansion(definition, read.sweep)) : read;
}

/**
 * The same without keeping others waiting: a sweep at the cap takes seconds, which a server has only in small pieces, and only so many at once.
 * @throws GraphQLError (SERVICE_UNAVAILABLE) when too many wait for their turn.
 */
export async function expandSweepInPieces(definition: ExperimentDefinition, raw: unknown): Promise<ExpandedSweep> {
  const read = readSweepFor(definition, raw);
  if (!read.ok) return read;
  return inTurn(countTrials(read.sweep), () => inPieces(expansion(definition, read.sweep)));
}

/** The expansion of a sweep that was read for this experiment. */
export function* expansion(definition: ExperimentDefinition, sweep: Sweep): Computation<ExpandedSweep> {
  const seeds = seedsOf(sweep);
  const trials = new Map<string, PlannedTrial>();
  const issues = new Map<string, InputIssue>();
  for (const cell of cellsOf(sweep)) {
    const parsed = parseParams(definition, cell.params);
    if (!parsed.ok) {
      for (const issue of parsed.issues) addIssue(issues, sweep, cell, issue);
      if (issues.size >= maxIssues) break;
    } else if (issues.size === 0) {
      const digest = digester(definition, parsed.params);
      for (const [index, seed] of seeds.entries()) {
        const trial = { params: parsed.params, seed, digest: digest(seed) };
        if (!trials.has(trial.digest)) trials.set(trial.digest, trial);
        if (index % breath === breath - 1) yield;
      }
    }
    yield;
  }
  if (issues.size > 0) return { ok: false, issues: [...issues.values()] };
  return { ok: true, sweep, trials: [...trials.values()], repeated: countTrials(sweep) - trials.size };
}

function addIssue(issues: Map<string, InputIssue>, sweep: Sweep, cell: Cell, issue: InputIssue): void {
  const path = ["sweep", placeOf(sweep, issue.path), issue.path].filter((part) => part !== "").join(".");
  const key = `${path} ${issue.message}`;
  if (!issues.has(key)) issues.set(key, { path, message: `${issue.message} (cell: ${cellName(cell)})` });
}

/** Where the sweep names the param that an issue is about. */
function placeOf(sweep: Sweep, path: string): string {
  const [name = ""] = path.split(".");
  if (Object.hasOwn(sweep.axes, name)) return "axes";
  if (Object.hasOwn(sweep.random?.params ?? {}, name)) return "random.params";
  return path === "" ? "" : "fixed";
}

/** As `trialDigest`, with the canonical form of the params made once for all seeds of a cell, and hashed natively: seven times as fast. */
function digester(definition: ExperimentDefinition, params: unknown): (seed: number) => string {
  const head = `{"experiment":${canonicalJson(`${definition.id}@${definition.version}`)},"params":${canonicalJson(params)},"seed":`;
  return (seed) => hash("sha256", `${head}${seed}}`, "hex");
}
