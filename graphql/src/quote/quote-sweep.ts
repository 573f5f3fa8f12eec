import { findExperiment } from "@widefield/experiments/catalog";
import type { ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import type { Database } from "@widefield/prisma/open-database";
import { unknownExperiment } from "../experiment/unknown-experiment.ts";
import { InvalidInput, type NotFound } from "../failure/failure.ts";
import { countTrials } from "../sweep/count-trials.ts";
import { expansion, type PlannedTrial } from "../sweep/expand-sweep.ts";
import { packing } from "../sweep/pack-trials.ts";
import { type Computation, inPieces } from "../sweep/pieces.ts";
import { readSweepFor } from "../sweep/read-sweep.ts";
import { inTurn } from "../sweep/turns.ts";
import { knownResults } from "../trial/known-results.ts";

/** What a study would cost, before it is made. */
export interface StudyQuote {
  readonly trials: number;
  /** Of those, how many have an agreed answer already. */
  readonly adoptable: number;
  readonly workUnits: number;
  /** Of the trials that remain to be computed, each once. */
  readonly flops: number;
  /** flops × quorum at `assumedFlopsPerSecond`. */
  readonly volunteerHours: number;
  readonly assumedFlopsPerSecond: number;
  /** The largest of any unit. */
  readonly peakBytes: number;
  readonly largestBufferBytes: number;
  readonly downloadBytes: number;
  readonly warnings: readonly string[];
}

/** Assumed where no host was seen lately: a laptop's wasm core. */
const defaultFlopsPerSecond = 1e10;

/**
 * Quotes a sweep. Holds no transaction, and computes in small pieces: others are served meanwhile.
 * @param quorum null: the default of 2.
 * @throws GraphQLError (SERVICE_UNAVAILABLE) when too many wait for their turn.
 */
export async function quoteSweep(
  database: Database,
  experiment: string,
  sweep: unknown,
  quorum: number | null = null,
): Promise<StudyQuote | InvalidInput | NotFound> {
  const definition = findExperiment(experiment);
  if (!definition) return unknownExperiment(experiment);
  const replicas = quorum ?? 2;
  if (!(replicas >= 1 && replicas <= 5)) return InvalidInput.at("quorum", "Replicas that must agree: 1 to 5.");
  const read = readSweepFor(definition, sweep);
  if (!read.ok) return new InvalidInput(read.issues);
  return inTurn(countTrials(read.sweep), async () => {
    const expanded = await inPieces(expansion(definition, read.sweep));
    if (!expanded.ok) return new InvalidInput(expanded.issues);
    const known = await knownResults(database.pool, expanded.trials, replicas);
    const speed = (await meanSpeed(database)) ?? defaultFlopsPerSecond;
    return inPieces(quoteOf(definition, expanded, known, replicas, speed));
  });
}

/** The quote itself. Pure. @param known digests that need no computing. */
export function* quoteOf(
  definition: ExperimentDefinition,
  { trials, repeated }: { readonly trials: readonly PlannedTrial[]; readonly repeated: number },
  known: { has(digest: string): boolean },
  quorum: number,
  flopsPerSecond: number,
): Computation<StudyQuote> {
  const open = trials.filter((trial) => !known.has(trial.digest));
  const packs = yield* packing(definition, open);
  const flops = packs.reduce((sum, pack) => sum + pack.cost.flops, 0);
  const largest = (of: "peakBytes" | "largestBufferBytes" | "downloadBytes" | "flops"): number =>
    packs.reduce((most, pack) => Math.max(most, pack.cost[of]), 0);
  const seeds = new Set(trials.map((trial) => trial.seed)).size;
  const longest = largest("flops") / flopsPerSecond;
  const warnings = [
    ...(seeds === 1 ? ["One seed only: the plots will have no intervals. Three or more tell signal from luck."] : []),
    ...(repeated > 0
      ? [
          `${repeated.toLocaleString("en")} trials of the sweep equal others, params that do not count left aside; they are kept once.`,
        ]
      : []),
    ...(largest("largestBufferBytes") > webgpuDefaultBuffer
      ? ["Its largest buffer exceeds WebGPU's default limit of 128 MiB: phones and some laptops cannot take part."]
      : []),
    ...(longest > 600 ? [`Its largest unit takes about ${Math.round(longest / 60)} minutes on a typical host.`] : []),
    ...(quorum === 1 ? ["A quorum of 1 believes the first answer of a stranger."] : []),
    ...(open.length === 0 ? ["Every answer is known already: the study is finished as soon as it is published."] : []),
  ];
  return {
    trials: trials.length,
    adoptable: trials.length - open.length,
    workUnits: packs.length,
    flops,
    volunteerHours: (flops * quorum) / flopsPerSecond / 3600,
    assumedFlopsPerSecond: flopsPerSecond,
    peakBytes: largest("peakBytes"),
    largestBufferBytes: largest("largestBufferBytes"),
    downloadBytes: largest("downloadBytes"),
    warnings,
  };
}

/** `maxStorageBufferBindingSize` that every WebGPU device has. */
const webgpuDefaultBuffer = 128 * 2 ** 20;

/** Mean FLOP/s of the hosts of the last day that measured any; null when there are none. */
async function meanSpeed(database: Database): Promise<number | null> {
  const { _avg } = await database.prisma.host.aggregate({
    _avg: { flopsPerSecond: true },
    where: { lastSeenAt: { gt: new Date(Date.now() - 24 * 3600 * 1000) }, flopsPerSecond: { gt: 0 } },
  });
  return _avg.flopsPerSecond;
}
