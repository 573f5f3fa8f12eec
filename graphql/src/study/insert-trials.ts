import type { ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import { newId } from "@widefield/prisma/new-id";
import type { Transaction } from "@widefield/prisma/transaction";
import type { PlannedTrial } from "../sweep/expand-sweep.ts";
import { packTrials, shapeReader } from "../sweep/pack-trials.ts";
import { knownResults } from "../trial/known-results.ts";

export interface InsertedTrials {
  readonly flops: number;
  /** Trials whose answer was known, in order of position. */
  readonly adopted: readonly { readonly id: string; readonly resultId: string }[];
}

/** Rows of one statement: large enough to be quick, small enough that others on the embedded database's one session are not kept long. */
const chunk = 5000;

/**
 * Inserts trials with the positions from `start`, packed into units; those whose digest has a canonical result that suffices here adopt it and need no unit.
 * Only inside the transaction that publishes or extends the study.
 */
export async function insertTrials(
  transaction: Transaction,
  study: { readonly id: string; readonly quorum: number },
  definition: ExperimentDefinition,
  trials: readonly PlannedTrial[],
  start: number,
): Promise<InsertedTrials> {
  const placed = trials.map((trial, index) => ({ ...trial, id: newId(), position: start + index }));
  const known = await knownResults(transaction, placed, study.quorum);
  const unitOf = new Map<string, string>();
  const shape = shapeReader(definition);
  const open = packTrials(
    definition,
    placed.filter((trial) => !known.has(trial.digest)),
  );
  const units = open.map((pack) => {
    const id = newId();
    for (const trial of pack.trials) unitOf.set(trial.id, id);
    return { id, packKey: pack.key, trialCount: pack.trials.length, ...pack.cost };
  });
  for (const some of chunksOf(units)) {
    await transaction.query(insertUnits, [
      study.id,
      definition.id,
      definition.version,
      study.quorum,
      JSON.stringify(some),
    ]);
  }
  for (const some of chunksOf(placed)) {
    await transaction.query(insertSome, [
      study.id,
      study.quorum,
      some.map((trial) => trial.id),
      some.map((trial) => unitOf.get(trial.id) ?? null),
      some.map((trial) => trial.digest),
      some.map((trial) => JSON.stringify(trial.params)),
      some.map((trial) => trial.seed),
      some.map((trial) => trial.position),
      some.map((trial) => shape(trial).flops),
      some.map((trial) => known.get(trial.digest) ?? null),
    ]);
  }
  return {
    flops: placed.reduce((sum, trial) => sum + shape(trial).flops, 0),
    adopted: placed.flatMap(({ id, digest }) => {
      const resultId = known.get(digest);
      return resultId === undefined ? [] : [{ id, resultId }];
    }),
  };
}

function* chunksOf<T>(all: readonly T[]): Generator<readonly T[], void, void> {
  for (let at = 0; at < all.length; at += chunk) yield all.slice(at, at + chunk);
}

const insertUnits = `
INSERT INTO work_units (id, study_id, experiment_id, experiment_version, pack_key, state, wanted, open_slots, trial_count, flops, peak_bytes,
  largest_buffer_bytes, download_bytes)
SELECT x.id, $1::uuid, $2::text, $3::int, x."packKey", 'OPEN', $4::int, $4::int, x."trialCount", x.flops, x."peakBytes"::bigint,
  x."largestBufferBytes"::bigint, x."downloadBytes"::bigint
FROM json_to_recordset($5::json) AS x(id uuid, "packKey" text, "trialCount" int, flops float8, "peakBytes" float8, "largestBufferBytes" float8,
  "downloadBytes" float8)`;

const insertSome = `
INSERT INTO trials (id, study_id, unit_id, digest, params, seed, position, flops, canonical_result_id, state, adopted, wanted)
SELECT x.id, $1::uuid, x.unit_id, x.digest, x.params::jsonb, x.seed, x.position, x.flops, x.result_id,
  CASE WHEN x.result_id IS NULL THEN 'PENDING' ELSE 'VALID' END::"TrialState", x.result_id IS NOT NULL,
  CASE WHEN x.result_id IS NULL THEN $2::int ELSE 0 END
FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::int[], $8::int[], $9::float8[], $10::uuid[])
  AS x(id, unit_id, digest, params, seed, position, flops, result_id)`;
