import type { Database } from "@widefield/prisma/open-database";
import type { Transaction } from "@widefield/prisma/transaction";

/** Digests that one statement asks for: on the embedded database nobody else is served meanwhile. */
const chunk = 5000;

/**
 * Canonical results by digest, for those digests that have one on which as many had to agree, or which is the operator's own:
 * a study that believes the first stranger decides for nobody but itself.
 * @param client a transaction's, or the pool for a look that holds nothing.
 */
export async function knownResults(
  client: Transaction | Database["pool"],
  trials: readonly { readonly digest: string }[],
  quorum: number,
): Promise<ReadonlyMap<string, string>> {
  const known = new Map<string, string>();
  for (let at = 0; at < trials.length; at += chunk) {
    const digests = trials.slice(at, at + chunk).map((trial) => trial.digest);
    const { rows } = await client.query<{ digest: string; result: string }>(statement, [digests, quorum]);
    for (const row of rows) known.set(row.digest, row.result);
  }
  return known;
}

const statement = `
  SELECT DISTINCT ON (t.digest) t.digest, t.canonical_result_id AS result
  FROM unnest($1::text[]) AS asked(digest) JOIN trials t ON t.digest = asked.digest
  JOIN studies s ON s.id = t.study_id JOIN results r ON r.id = t.canonical_result_id JOIN hosts h ON h.id = r.host_id
  WHERE t.state = 'VALID' AND (s.quorum >= $2::int OR h.trusted) ORDER BY t.digest, t.adopted, t.id`;
