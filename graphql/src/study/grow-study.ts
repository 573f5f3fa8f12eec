import type { ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import { newId } from "@widefield/prisma/new-id";
import type { Database } from "@widefield/prisma/open-database";
import { inTransaction } from "@widefield/prisma/transaction";
import type { PlannedTrial } from "../sweep/expand-sweep.ts";
import type { Sweep } from "../sweep/sweep.ts";
import { insertTrials } from "./insert-trials.ts";
import { maxTrialsPerStudy, policyOf, studyDigest } from "./study-policy.ts";

/** Rows after whose insertion the planner's statistics are brought up to date at once. */
const analyzeFrom = 1000;

export type Growth = "grown" | "unchanged" | "too-large";

/**
 * Publishes a draft, or adds a sweep to a published study: trials that it has already are left alone, new ones are inserted in order behind them,
 * answers known elsewhere adopted, and the decisions and the new digest written; all of it or nothing.
 * @param kind PUBLISHED of a draft, EXTENDED of anything else.
 * @returns "unchanged" when the draft is none any more, or nothing is new.
 */
export async function growStudy(
  database: Database,
  studyId: string,
  definition: ExperimentDefinition,
  sweep: Sweep,
  trials: readonly PlannedTrial[],
  kind: "PUBLISHED" | "EXTENDED",
): Promise<Growth> {
  const growth = await inTransaction(database, async (client): Promise<Growth> => {
    // One at a time for each study; its row is locked only at the end, so that results go on coming in.
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [studyId]);
    const { rows } = await client.query<StudyRow>(
      "SELECT state, quorum, sweeps, trial_count AS count FROM studies WHERE id = $1",
      [studyId],
    );
    const [study] = rows;
    if (!study || (study.state === "DRAFT") !== (kind === "PUBLISHED")) return "unchanged";
    const has = await client.query<{ digest: string }>("SELECT digest FROM trials WHERE study_id = $1", [studyId]);
    const digests = new Set(has.rows.map((row) => row.digest));
    const added = trials.filter((trial) => !digests.has(trial.digest));
    if (added.length === 0) return "unchanged";
    if (study.count + added.length > maxTrialsPerStudy) return "too-large";
    const { flops, adopted } = await insertTrials(
      client,
      { id: studyId, quorum: study.quorum },
      definition,
      added,
      study.count,
    );
    const sweeps = kind === "PUBLISHED" ? [sweep] : [...study.sweeps, sweep];
    const digest = studyDigest(definition, sweeps, policyOf(study.quorum));
    const grown = await client.query<{ revision: number; finished: boolean }>(grow, [
      studyId,
      added.length,
      adopted.length,
      flops,
      JSON.stringify(sweeps),
      digest,
    ]);
    const [after] = grown.rows;
    if (!after) throw new Error(`Study ${studyId} is gone.`);
    const first = after.revision - adopted.length - (after.finished ? 1 : 0);
    await client.query(decisions, [
      studyId,
      JSON.stringify([
        { id: newId(), revision: first, kind, digest },
        ...adopted.map((trial, index) => ({
          id: newId(),
          revision: first + 1 + index,
          kind: "ADOPTED",
          trialId: trial.id,
          resultId: trial.resultId,
        })),
        ...(after.finished ? [{ id: newId(), revision: after.revision, kind: "FINISHED" }] : []),
      ]),
    ]);
    return "grown";
  });
  if (growth === "grown" && trials.length >= analyzeFrom) await database.pool.query("ANALYZE trials, work_units");
  return growth;
}

interface StudyRow {
  readonly state: string;
  readonly quorum: number;
  readonly sweeps: readonly Sweep[];
  readonly count: number;
}

const grow = `
UPDATE studies s SET trial_count = s.trial_count + $2::int, decided_count = s.decided_count + $3::int, flops = s.flops + $4::float8,
  sweeps = $5::json, digest = $6::text, published_at = coalesce(s.published_at, now()),
  revision = s.revision + 1 + $3::int + (s.decided_count + $3::int = s.trial_count + $2::int)::int,
  state = CASE WHEN s.decided_count + $3::int = s.trial_count + $2::int THEN 'FINISHED'
    WHEN s.state = 'PAUSED' THEN 'PAUSED' ELSE 'ACTIVE' END::"StudyState",
  finished_at = CASE WHEN s.decided_count + $3::int = s.trial_count + $2::int THEN now() END
WHERE s.id = $1::uuid
RETURNING s.revision, s.state = 'FINISHED' AS finished`;

const decisions = `
WITH made AS (
  INSERT INTO decisions (id, study_id, revision, kind, trial_id, result_id, digest)
  SELECT x.id, $1::uuid, x.revision, x.kind::"DecisionKind", x."trialId", x."resultId", x.digest
  FROM json_to_recordset($2::json) AS x(id uuid, revision int, kind text, "trialId" uuid, "resultId" uuid, digest text)
  RETURNING trial_id, revision
)
UPDATE trials t SET decided_revision = m.revision FROM made m WHERE t.id = m.trial_id`;
