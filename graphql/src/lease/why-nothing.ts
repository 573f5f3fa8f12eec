import type { StudyState } from "@widefield/prisma/client";
import type { Database } from "@widefield/prisma/open-database";
import { canManage } from "../study/managed-study.ts";
import type { AskingHost } from "./asking-host.ts";
import { sameNetwork } from "./grant-statement.ts";

export interface NothingNow {
  readonly retryAfterSeconds: number;
  readonly reason: string;
}

/** Seconds until it is worth asking again: soon where work may come back any moment, later where somebody must publish something first. */
const retry = { soon: 5, later: 30, longest: 60 } as const;

/** Why a host got nothing, in words for a person, and when to ask again. */
export async function whyNothing(database: Database, { request, caller, host }: AskingHost): Promise<NothingNow> {
  if (request.study) {
    const study = await database.prisma.study.findUnique({
      where: { slug: request.study },
      select: { state: true, createdById: true },
    });
    // Others are not told that a draft is there.
    const seen = study && (study.state !== "DRAFT" || canManage(caller, study));
    const reason = seen ? notActive(study.state) : `There is no study "${request.study}".`;
    if (reason) return { reason, retryAfterSeconds: retry.later };
  }
  const { rows } = await database.pool.query<Situation>(situation, [
    request.study ?? null,
    request.family ?? null,
    request.experiments ?? null,
    host.memoryBytes,
    host.maxBufferBytes,
    caller.volunteerId,
    caller.trusted || host.trusted ? null : caller.networkHash,
  ]);
  const [now] = rows;
  if (!now || now.studies === 0) return { reason: noStudies(request), retryAfterSeconds: retry.later };
  if (now.unanswered) {
    return {
      reason: "What this host could take is being handed to others, or cut smaller, at this moment.",
      retryAfterSeconds: retry.soon,
    };
  }
  if (now.fitting) {
    return {
      reason: "You, or others in your network, have done all that is open; it waits for somebody else's answer.",
      retryAfterSeconds: retry.later,
    };
  }
  if (now.open) {
    return {
      reason: "What is open now needs more memory, or larger buffers, than this host has.",
      retryAfterSeconds: retry.later,
    };
  }
  const back = Math.ceil(now.nextReissueSeconds ?? retry.later);
  return {
    reason: "Everything is being computed by others just now.",
    retryAfterSeconds: Math.min(retry.longest, Math.max(retry.soon, back)),
  };
}

interface Situation {
  readonly studies: number;
  readonly open: boolean;
  readonly fitting: boolean;
  /** Fits, and neither this volunteer nor its network has a voice in it. */
  readonly unanswered: boolean;
  readonly nextReissueSeconds: number | null;
}

/** Parameters: 1 study, 2 family, 3 experiments, 4 memory bytes, 5 largest buffer bytes, 6 volunteer, 7 network hash or null. */
const situation = `
WITH asked AS (
  SELECT id FROM studies
  WHERE state = 'ACTIVE' AND ($1::text IS NULL OR slug = $1) AND ($2::text IS NULL OR family = $2)
    AND ($3::text[] IS NULL OR experiment_id || '@' || experiment_version = ANY ($3))
)
SELECT (SELECT count(*)::int FROM asked) AS studies,
  EXISTS (SELECT 1 FROM asked a JOIN work_units u ON u.study_id = a.id WHERE u.state = 'OPEN' AND u.open_slots > 0) AS open,
  EXISTS (SELECT 1 FROM asked a JOIN work_units u ON u.study_id = a.id WHERE u.state = 'OPEN' AND u.open_slots > 0
    AND u.peak_bytes <= $4::float8 AND u.largest_buffer_bytes <= $5::float8) AS fitting,
  EXISTS (SELECT 1 FROM asked a JOIN work_units u ON u.study_id = a.id WHERE u.state = 'OPEN' AND u.open_slots > 0
    AND u.peak_bytes <= $4::float8 AND u.largest_buffer_bytes <= $5::float8
    AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.unit_id = u.id AND CASE
      WHEN l.volunteer_id = $6::uuid THEN l.state IN ('ACTIVE', 'SUBMITTED') ELSE ${sameNetwork("$7")} END)) AS unanswered,
  (SELECT extract(epoch FROM min(l.reissue_at) - now())::float8 FROM leases l JOIN asked a ON a.id = l.study_id
    WHERE l.state = 'ACTIVE' AND l.volunteer_id <> $6::uuid) AS "nextReissueSeconds"`;

function notActive(state: StudyState): string | null {
  switch (state) {
    case "ACTIVE":
      return null;
    case "PAUSED":
      return "This study is paused.";
    case "FINISHED":
      return "This study is finished: every trial has its answer.";
    case "DRAFT":
      return "This study is a draft; its author has not published it yet.";
    default:
      return state satisfies never;
  }
}

function noStudies(request: AskingHost["request"]): string {
  if (request.experiments && !request.study && !request.family)
    return "No active study needs the experiments that this host has.";
  return request.study || request.family ? "No active study matches your choice." : "No study is active just now.";
}
