import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { parseParams } from "@widefield/experiments/catalog";
import type { ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import { canonicalJson } from "@widefield/experiments/contract/identity";
import type { InputIssue } from "../failure/failure.ts";
import { type Cell, cellName, cellsOf } from "./cells.ts";
import { countTrials, seedsOf } from "./count-trials.ts";
import { maxTrialsPerSweep, type Sweep, sweepSchema } from "./sweep.ts";

/** A trial as a sweep asks for it: params after defaults, and its content address. */
export interface PlannedTrial {
  readonly params: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly digest: string;
}

export type ReadSweep =
  | { readonly ok: true; readonly sweep: Sweep; readonly trials: readonly PlannedTrial[]; readonly repeated: number }
  | { readonly ok: false; readonly issues: readonly InputIssue[] };

/** Issues shown at once; a thousand bad cells say no more than the first ones. */
const maxIssues = 20;

/**
 * Reads a sweep and expands it for an experiment, in order; trials that turn out equal are kept once and counted in `repeated`.
 * Never throws: what is wrong is said with its dotted path (below `sweep`) and, for params, with the first cell concerned.
 * A sweep above the cap is refused before anything is expanded.
 */
export function expandSweep(definition: ExperimentDefinition, raw: unknown): ReadSweep {
  const cells = expansion(definition, raw);
  for (;;) {
    const { done, value } = cells.next();
    if (done) return value;
  }
}

/** The same without keeping others waiting: a sweep at the cap takes seconds, which a server has only in small pieces. */
export async function expandSweepInPieces(definition: ExperimentDefinition, raw: unknown): Promise<ReadSweep> {
  const cells = expansion(definition, raw);
  let until = performance.now() + pieceMs;
  for (;;) {
    const { done, value } = cells.next();
    if (done) return value;
    if (performance.now() < until) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    until = performance.now() + pieceMs;
  }
}

const pieceMs = 20;

/** Pauses after each cell. */
function* expansion(definition: ExperimentDefinition, raw: unknown): Generator<void, ReadSweep, void> {
  const read = readSweep(raw);
  if (!read.ok) return read;
  const { sweep } = read;
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
      for (const seed of seeds) {
        const trial = { params: parsed.params, seed, digest: digest(seed) };
        if (!trials.has(trial.digest)) trials.set(trial.digest, trial);
      }
    }
    yield;
  }
  if (issues.size > 0) return { ok: false, issues: [...issues.values()] };
  return { ok: true, sweep, trials: [...trials.values()], repeated: countTrials(sweep) - trials.size };
}

/** The sweep alone: its shape and the cap, without the experiment. */
export function readSweep(raw: unknown): { ok: true; sweep: Sweep } | { ok: false; issues: readonly InputIssue[] } {
  const parsed = sweepSchema.safeParse(raw);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({
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

function addIssue(issues: Map<string, InputIssue>, sweep: Sweep, cell: Cell, issue: InputIssue): void {
  const path = ["sweep", placeOf(sweep, issue.path), issue.path].filter((part) => part !== "").join(".");
  const key = `${path} ${issue.message}`;
  if (!issues.has(key)) issues.set(key, { path, message: `${issue.message} (cell: ${cellName(cell)})` });
}

/** Where the sweep names the param that an issue is about. */
function placeOf(sweep: Sweep, path: string): string {
  const [name = ""] = path.split(".");
  if (name in sweep.axes) return "axes";
  if (name in (sweep.random?.params ?? {})) return "random.params";
  return path === "" ? "" : "fixed";
}

/** As `trialDigest`, with the canonical form of the params made once for all seeds of a cell. */
function digester(definition: ExperimentDefinition, params: unknown): (seed: number) => string {
  const head = `{"experiment":${canonicalJson(`${definition.id}@${definition.version}`)},"params":${canonicalJson(params)},"seed":`;
  return (seed) => bytesToHex(sha256(utf8ToBytes(`${head}${seed}}`)));
}
