import { localSource } from "@widefield/datasets/local-labelled";
import type { BackendName, ComputeBackend } from "@widefield/experiments/backend/compute-backend";
import { parseParams } from "@widefield/experiments/catalog";
import type { ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import {
  type CurvePoints,
  ExperimentError,
  type ExperimentProgram,
  type RunReport,
  type TrialOutcome,
} from "@widefield/experiments/contract/program";
import { findProgram } from "@widefield/experiments/programs";
import { openNodeDevice } from "@widefield/volunteer/node/open-node-device";
import { readStructured } from "../argument/structured-argument.ts";
import { CommandFailure, exitCodes, usageFailure } from "../failure/command-failure.ts";
import { dataFolder } from "../place/data-folder.ts";
import { ProgressLine } from "../terminal/progress-line.ts";
import { formatQuantity } from "../terminal/quantity.ts";
import { formatNumber, formatTable } from "../terminal/table.ts";
import { requireExperiment } from "./find-experiment.ts";

export interface TrialRequest {
  readonly name: string;
  /** As the command line has it: JSON, `@file` or `-`. */
  readonly params: string;
  readonly seed: number;
  /** Left out: the best that this machine has. */
  readonly backend?: BackendName | undefined;
}

/** What `widefield run` prints. */
export interface TrialRun {
  readonly experiment: string;
  readonly version: number;
  /** After defaults. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly backend: BackendName;
  readonly outcome: TrialOutcome["outcome"];
  /** Only after a divergence. */
  readonly divergedAtStep?: number;
  /** Null: not finite. */
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly series: Readonly<Record<string, CurvePoints>>;
  readonly elapsedMs: number;
  readonly flops: number;
}

/**
 * Computes one trial on this machine, with progress on standard error.
 * @throws CommandFailure: exit code 2 for bad params or a trial too large for the device, 130 after Ctrl-C.
 */
export async function runTrial(request: TrialRequest): Promise<TrialRun> {
  const definition = requireExperiment(request.name);
  const params = await readParams(definition, request.params);
  const program = findProgram(definition.id, definition.version);
  if (!program) throw new CommandFailure(`This version has no program for ${definition.id}@${definition.version}.`);
  const backend = await openBackendOrFail(request.backend);
  try {
    requireFit(definition, params, backend);
    const report = await compute(program, params, request.seed, backend);
    const [outcome] = report.outcomes;
    if (!outcome) throw new CommandFailure("The experiment ended without an outcome.");
    return {
      experiment: definition.id,
      version: definition.version,
      params,
      seed: request.seed,
      backend: backend.name,
      outcome: outcome.outcome,
      ...(outcome.outcome === "DIVERGED" ? { divergedAtStep: outcome.divergedAtStep } : {}),
      metrics: outcome.metrics,
      series: outcome.curves,
      elapsedMs: report.elapsedMs,
      flops: report.flops,
    };
  } finally {
    await backend.dispose();
  }
}

async function readParams(definition: ExperimentDefinition, argument: string): Promise<Record<string, unknown>> {
  const parsed = parseParams(definition, await readStructured(argument, "--params"));
  if (parsed.ok) return parsed.params;
  const lines = parsed.issues.map(({ path, message }) => `  ${path ? `${path}: ` : ""}${message}`);
  throw usageFailure(
    [
      `These params do not fit ${definition.id}@${definition.version}:`,
      ...lines,
      `See: widefield describe ${definition.id}`,
    ].join("\n"),
  );
}

async function openBackendOrFail(name: BackendName | undefined): Promise<ComputeBackend> {
  try {
    const { backend, fallback } = await openNodeDevice(name ?? "auto");
    if (fallback !== null) console.error(fallback);
    return backend;
  } catch (error) {
    if (error instanceof ExperimentError) throw new CommandFailure(error.message, exitCodes.failed, { cause: error });
    throw error;
  }
}

function requireFit(
  definition: ExperimentDefinition,
  params: Record<string, unknown>,
  { name, limits }: ComputeBackend,
): void {
  const { peakBytes, largestBufferBytes } = definition.cost([params]);
  if (largestBufferBytes > limits.maxBufferBytes) {
    throw usageFailure(
      `This trial needs a buffer of ${formatQuantity(largestBufferBytes, "B")}; ${name} here takes ${formatQuantity(limits.maxBufferBytes, "B")} at most. Choose a smaller width, batch or evaluation.`,
    );
  }
  if (peakBytes > limits.memoryBytes) {
    throw usageFailure(
      `This trial needs ${formatQuantity(peakBytes, "B")} of memory; ${name} here has ${formatQuantity(limits.memoryBytes, "B")}. Choose a smaller width, batch or evaluation.`,
    );
  }
}

async function compute(
  program: ExperimentProgram,
  params: Record<string, unknown>,
  seed: number,
  backend: ComputeBackend,
): Promise<RunReport> {
  const stop = new AbortController();
  const interrupt = () => stop.abort(new CommandFailure("Stopped.", exitCodes.interrupted));
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  const line = new ProgressLine();
  try {
    const run = program.run([{ params, seed }], {
      backend,
      data: localSource([dataFolder()]),
      signal: stop.signal,
      now: () => performance.now(),
    });
    for (;;) {
      const next = await run.next();
      if (next.done) return next.value;
      const { step, steps, flops, elapsedMs, latest } = next.value;
      const speed = elapsedMs > 0 ? `, ${formatQuantity((flops / elapsedMs) * 1000, "FLOP/s")}` : "";
      const value =
        latest[0] === undefined || latest[0] === null
          ? ""
          : `, ${program.definition.series[0]?.label ?? "value"} ${formatNumber(latest[0])}`;
      line.update(`${backend.name}: step ${step} of ${steps}${value}${speed}`, performance.now());
    }
  } catch (error) {
    if (error instanceof ExperimentError || (error instanceof Error && error.name === "DatasetError")) {
      throw usageFailure(error.message);
    }
    throw error;
  } finally {
    line.end();
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
}

/** The result for a person. */
export function describeRun(run: TrialRun): string {
  const rows = Object.entries(run.metrics).map(([name, value]) => [name, formatNumber(value)]);
  const outcome = run.divergedAtStep === undefined ? "succeeded" : `diverged at step ${run.divergedAtStep}`;
  const speed = formatQuantity((run.flops / run.elapsedMs) * 1000, "FLOP/s");
  return [
    `${run.experiment}@${run.version}, seed ${run.seed}, on ${run.backend}: ${outcome}`,
    `${formatQuantity(run.flops, "FLOP")} in ${(run.elapsedMs / 1000).toFixed(2)} s, ${speed}`,
    "",
    formatTable(["metric", "value"], rows),
  ].join("\n");
}
