import { type Outcome, Prisma, type Verdict } from "@widefield/prisma/client";
import type { Database } from "@widefield/prisma/open-database";
import { encodeGlobalId } from "../identity/global-id.ts";
import { boundedRead } from "../relay/bounded-read.ts";
import { cursorOf, type Keyset, keysetPage, whereAll } from "../relay/keyset.ts";
import type { ResultListing } from "../result/result-listing.ts";
import { orderedListing } from "../result/result-order.ts";

/** One result as it is downloaded. */
export interface DownloadRow {
  /** Id of the Result in the API. */
  readonly result: string;
  /** Content address of the trial. */
  readonly trial: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly outcome: Outcome;
  readonly verdict: Verdict;
  readonly divergedAtStep: number | null;
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly backend: string;
  readonly numericsClass: string;
  readonly host: string;
  /** Id of the Host in the API: names repeat. */
  readonly hostId: string;
  readonly volunteer: string;
  readonly volunteerId: string;
  /** Results reported for the trial, this one included. */
  readonly replicas: number;
  /** Those of them that agree on its answer. */
  readonly validReplicas: number;
  readonly elapsedMs: number;
  readonly flops: number;
  readonly createdAt: string;
  readonly decidedAt: string | null;
}

/** Names of what varies from study to study. */
export interface DownloadColumns {
  /** Dotted paths to the leaves of params. */
  readonly params: readonly string[];
  readonly metrics: readonly string[];
}

/** Rows that one statement reads; a download holds no more in memory, and no transaction. */
const pageSize = 500;

/** Every row of a study's listing, page by page in the study's order. */
export async function* downloadRows(
  database: Database,
  listing: ResultListing,
): AsyncGenerator<readonly DownloadRow[], void, void> {
  const { from, order } = orderedListing(listing, { field: "POSITION", direction: "ASC" });
  const keyset: Keyset = { from, where: listing.where, id: Prisma.sql`r.id`, order };
  let after: string | undefined;
  for (;;) {
    const page = await keysetPage(database, keyset, {
      limit: pageSize,
      inverted: false,
      ...(after === undefined ? {} : { after }),
    });
    const last = page.at(-1);
    if (!last) return;
    const rows = await readRows(
      database,
      listing,
      page.map((row) => row.id),
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    yield page.flatMap(({ id }) => byId.get(id)?.row ?? []);
    after = cursorOf(order, last);
  }
}

/** The columns that occur in a listing. The cached axes of its study would not do: they lack what only some trials have, and all with one value. */
export async function downloadColumns(database: Database, listing: ResultListing): Promise<DownloadColumns> {
  const chosen = Prisma.sql`FROM ${listing.from} ${whereAll(listing.where)}`;
  const params = Prisma.sql`
    WITH RECURSIVE leaf AS (
      SELECT p.key AS param, p.value FROM (SELECT t.params ${chosen}) c CROSS JOIN LATERAL jsonb_each(c.params) p
      UNION
      SELECT leaf.param || '.' || p.key, p.value
      FROM leaf CROSS JOIN LATERAL jsonb_each(CASE WHEN jsonb_typeof(leaf.value) = 'object' THEN leaf.value END) p
    ) SELECT DISTINCT param AS name FROM leaf WHERE jsonb_typeof(value) <> 'object'`;
  const metrics = Prisma.sql`
    SELECT DISTINCT m.metric AS name FROM (SELECT r.id ${chosen}) c JOIN measurements m ON m.result_id = c.id`;
  const [paramNames, metricNames] = await Promise.all(
    [params, metrics].map((statement) => boundedRead<{ name: string }>(database, statement)),
  );
  return { params: sorted(paramNames), metrics: sorted(metricNames) };
}

/** Layers by number: `featureMovement.2` before `featureMovement.10`. */
function sorted(rows: readonly { name: string }[] = []): string[] {
  return rows.map(({ name }) => name).sort(new Intl.Collator("en", { numeric: true }).compare);
}

interface StoredRow extends Omit<DownloadRow, "result" | "createdAt" | "decidedAt" | "metrics"> {
  readonly id: string;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
  readonly metrics: Record<string, number | null> | null;
}

async function readRows(
  database: Database,
  { unsealed }: ResultListing,
  ids: readonly string[],
): Promise<{ id: string; row: DownloadRow }[]> {
  // An adopted answer belongs to the trial that it was computed for, which has the same digest, params and seed.
  const statement = Prisma.sql`
    SELECT r.id, t.digest AS trial, t.params, t.seed, r.outcome, r.verdict, m.metrics,
      CASE WHEN ${unsealed} THEN r.diverged_at_step END AS "divergedAtStep",
      r.backend, r.numerics_class AS "numericsClass", h.name AS host, h.id AS "hostId", v.name AS volunteer,
      v.id AS "volunteerId", n.replicas, n.valid AS "validReplicas", r.elapsed_ms AS "elapsedMs", r.flops,
      r.created_at AS "createdAt", r.decided_at AS "decidedAt"
    FROM results r JOIN trials t ON t.id = r.trial_id JOIN hosts h ON h.id = r.host_id
    JOIN volunteers v ON v.id = r.volunteer_id
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS replicas, count(*) FILTER (WHERE verdict = 'VALID')::int AS valid
      FROM results WHERE trial_id = r.trial_id
    ) n
    LEFT JOIN LATERAL (
      SELECT jsonb_object_agg(metric, value) AS metrics FROM measurements WHERE result_id = r.id
    ) m ON ${unsealed}
    WHERE r.id = ANY(${[...ids]}::uuid[])`;
  const rows = await boundedRead<StoredRow>(database, statement);
  return rows.map(({ id, hostId, volunteerId, createdAt, decidedAt, metrics, ...stored }) => ({
    id,
    row: {
      result: encodeGlobalId("Result", id),
      ...stored,
      hostId: encodeGlobalId("Host", hostId),
      volunteerId: encodeGlobalId("Volunteer", volunteerId),
      metrics: metrics ?? {},
      createdAt: createdAt.toISOString(),
      decidedAt: decidedAt?.toISOString() ?? null,
    },
  }));
}
