import { StudyMetricNamesDocument } from "@widefield/graphql/documents";
import { query } from "../api/query.ts";
import type { Subject } from "../chart/view.ts";

/** Finished results looked at, from either end of the study: a depth that varies slowly is least at one end and greatest at the other. */
const lookedAt = 10;

/**
 * Stored names of metrics that results have, where layers must be learnt from them: theory of an unstable parametrization names none.
 * Empty where theory names the layers of every metric that is measured layer by layer.
 */
export async function metricNames(slug: string, { metrics, predicted }: Subject): Promise<string[]> {
  const unknown = metrics.some(
    ({ name, perLayer }) => perLayer && !predicted.some((one) => one.startsWith(`${name}.`)),
  );
  if (!unknown) return [];
  const { study } = await query(StudyMetricNamesDocument, { slug, first: lookedAt });
  const results = [...(study?.early.nodes ?? []), ...(study?.late.nodes ?? [])];
  return [...new Set(results.flatMap((result) => result.metrics.map(({ name }) => name)))];
}
