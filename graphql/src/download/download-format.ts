import type { Study } from "@widefield/prisma/client";
import { csvLine } from "./csv.ts";
import type { DownloadColumns, DownloadRow } from "./download-rows.ts";

export const formats = {
  csv: { mediaType: "text/csv; charset=utf-8; header=present", encode: csv },
  ndjson: { mediaType: "application/x-ndjson; charset=utf-8", encode: ndjson },
  json: { mediaType: "application/json; charset=utf-8", encode: json },
} as const;

export type Format = keyof typeof formats;

export interface Download {
  readonly study: Study;
  /** Permalink of the study. */
  readonly url: string;
  readonly columns: () => Promise<DownloadColumns>;
  readonly pages: AsyncIterable<readonly DownloadRow[]>;
}

/** One row per result, a column per param (`param.width`) and metric (`metric.finalTestLoss`). */
async function* csv({ columns, pages }: Download): AsyncGenerator<string, void, void> {
  const { params, metrics } = await columns();
  yield csvLine([
    ...["result", "trial", "seed"],
    ...params.map((name) => `param.${name}`),
    ...["outcome", "verdict", "divergedAtStep"],
    ...metrics.map((name) => `metric.${name}`),
    ...["backend", "numericsClass", "host", "hostId", "volunteer", "volunteerId", "replicas", "validReplicas"],
    ...["elapsedMs", "flops", "createdAt", "decidedAt"],
  ]);
  for await (const page of pages) {
    yield page
      .map((row) =>
        csvLine([
          ...[row.result, row.trial, row.seed],
          ...params.map((name) => leaf(row.params, name)),
          ...[row.outcome, row.verdict, row.divergedAtStep],
          ...metrics.map((name) => row.metrics[name]),
          ...[row.backend, row.numericsClass, row.host, row.hostId, row.volunteer, row.volunteerId],
          ...[row.replicas, row.validReplicas, row.elapsedMs, row.flops, row.createdAt, row.decidedAt],
        ]),
      )
      .join("");
  }
}

/** One JSON object per line. */
async function* ndjson({ pages }: Download): AsyncGenerator<string, void, void> {
  for await (const page of pages) yield page.map((row) => `${JSON.stringify(row)}\n`).join("");
}

/** `{ study, results }`: one document that says where it comes from and under which license. */
async function* json({ study, url, pages }: Download): AsyncGenerator<string, void, void> {
  const { slug, title, question, experimentId, experimentVersion, digest, revision, license } = study;
  const head = {
    slug,
    title,
    question,
    url,
    experiment: `${experimentId}@${experimentVersion}`,
    digest,
    revision,
    license,
  };
  yield `{"study":${JSON.stringify(head)},"results":[`;
  let separator = "\n";
  for await (const page of pages) {
    for (const row of page) {
      yield separator + JSON.stringify(row);
      separator = ",\n";
    }
  }
  yield "\n]}\n";
}

/** The value at a dotted path. */
function leaf(params: Readonly<Record<string, unknown>>, path: string): unknown {
  let value: unknown = params;
  for (const part of path.split(".")) {
    if (typeof value !== "object" || value === null) return null;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}
