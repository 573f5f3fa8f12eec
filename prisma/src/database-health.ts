import type { Database } from "./open-database.ts";

export type DatabaseHealth =
  | { readonly ok: true; readonly latencyMs: number }
  | { readonly ok: false; readonly reason: string };

/** Asks the database one trivial question, and gives up after `timeoutMs`. Never throws; the reason names no secrets. */
export async function databaseHealth(database: Database, timeoutMs = 2_000): Promise<DatabaseHealth> {
  const start = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<DatabaseHealth>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, reason: `no answer within ${timeoutMs} ms` }), timeoutMs);
  });
  const answer = database.pool.query("SELECT 1").then(
    (): DatabaseHealth => ({ ok: true, latencyMs: performance.now() - start }),
    (error: unknown): DatabaseHealth => ({ ok: false, reason: reasonOf(error) }),
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "the query failed";
  const code = "code" in error ? String(error.code) : error.name;
  return `the query failed (${code})`;
}
