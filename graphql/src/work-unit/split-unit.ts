import { findExperiment } from "@widefield/experiments/catalog";
import { newId } from "@widefield/prisma/new-id";
import type { Database } from "@widefield/prisma/open-database";
import { inTransaction } from "@widefield/prisma/transaction";
import { type Room, splitPack } from "./split-pack.ts";

interface Candidate {
  readonly id: string;
  readonly study_id: string;
  readonly experiment_id: string;
  readonly experiment_version: number;
  readonly trials: readonly { id: string; params: Record<string, unknown> }[];
}

/** Units of a study that are tried at most: enough where others split some of them at the same moment. */
const candidatesOfStudy = 16;

/** Units locked for one split: not each can be cut so that it fits the memory. */
const candidatesOfCall = 4;

/**
 * Splits one fresh unit (never leased, no results) of these studies that is too large for the room into several that fit, the cheapest first.
 * The unit itself goes: whoever is about to lease it at this moment finds it gone, not changed.
 * @param largestFlops units up to here are left whole
 * @returns whether one was split.
 */
export async function splitUnit(
  database: Database,
  studyIds: readonly string[],
  room: Room,
  largestFlops: number,
): Promise<boolean> {
  return inTransaction(database, async (client) => {
    const { rows } = await client.query<Candidate>(candidates, [
      studyIds,
      largestFlops,
      room.memoryBytes,
      room.maxBufferBytes,
    ]);
    for (const unit of rows) {
      const definition = findExperiment(unit.experiment_id, unit.experiment_version);
      const parts = definition ? splitPack(definition, unit.trials, room) : null;
      if (!parts) continue;
      const pieces = parts.map(({ trials, cost }) => ({
        id: newId(),
        trials: trials.map((trial) => trial.id),
        ...cost,
      }));
      await client.query(replace, [unit.id, JSON.stringify(pieces)]);
      await client.query("DELETE FROM work_units WHERE id = $1", [unit.id]);
      return true;
    }
    return false;
  });
}

// What makes a unit a candidate stands inside, before the limit: however much cheaper work a host has answered already, it hides no pack behind it.
const candidates = `
SELECT u.id, u.study_id, u.experiment_id, u.experiment_version,
  (SELECT json_agg(json_build_object('id', t.id, 'params', t.params) ORDER BY t.position) FROM trials t WHERE t.unit_id = u.id) AS trials
FROM work_units u
WHERE u.id IN (
    SELECT c.id FROM unnest($1::uuid[]) AS s(id) CROSS JOIN LATERAL (
      SELECT w.id FROM work_units w
      WHERE w.study_id = s.id AND w.state = 'OPEN' AND w.open_slots > 0 AND w.trial_count > 1 AND w.version = 0 AND w.active_leases = 0
        AND (w.flops > $2 OR w.peak_bytes > $3 OR w.largest_buffer_bytes > $4) AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.unit_id = w.id)
      ORDER BY w.flops, w.id LIMIT ${candidatesOfStudy}
    ) c
  )
  AND u.state = 'OPEN' AND u.version = 0 AND u.active_leases = 0 AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.unit_id = u.id)
ORDER BY u.flops, u.id LIMIT ${candidatesOfCall}
FOR UPDATE OF u SKIP LOCKED`;

const replace = `
WITH pieces AS (
  SELECT * FROM json_to_recordset($2::json) AS x(id uuid, trials uuid[], flops float8, "peakBytes" float8, "largestBufferBytes" float8, "downloadBytes" float8)
), made AS (
  INSERT INTO work_units (id, study_id, experiment_id, experiment_version, pack_key, state, wanted, open_slots, trial_count, flops, peak_bytes,
    largest_buffer_bytes, download_bytes, created_at)
  SELECT p.id, u.study_id, u.experiment_id, u.experiment_version, u.pack_key, 'OPEN', u.wanted, u.wanted, cardinality(p.trials), p.flops,
    p."peakBytes"::bigint, p."largestBufferBytes"::bigint, p."downloadBytes"::bigint, u.created_at
  FROM pieces p CROSS JOIN work_units u WHERE u.id = $1::uuid
  RETURNING id
)
UPDATE trials t SET unit_id = p.id FROM pieces p JOIN made m ON m.id = p.id WHERE t.id = ANY (p.trials)`;
