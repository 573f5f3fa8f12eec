import { newId } from "@widefield/prisma/new-id";
import type { Database } from "@widefield/prisma/open-database";
import { runStatement } from "@widefield/prisma/statement";
import { overloaded } from "../failure/overloaded.ts";
import type { Caller } from "../host/caller.ts";
import { tokenHash } from "../lease/token.ts";
import { planSubmissions, type SubmitOutcome } from "./plan-submissions.ts";
import { readStatement } from "./read-statement.ts";
import type { SubmissionState } from "./submission-state.ts";
import type { SubmissionWrites } from "./submission-writes.ts";
import type { TrialReport } from "./trial-report.ts";
import { flushStatement, writeStatement } from "./write-statement.ts";

/** One lease's answer, with the token that proves it. */
export interface Submission {
  /** A uuid. */
  readonly leaseId: string;
  readonly token: string;
  readonly results: readonly TrialReport[];
}

/** Others may decide the same units between reading and writing; each time somebody got on, so this many tries are never used up in earnest. */
const attempts = 20;

export interface StoredSubmissions {
  /** In the order of the submissions. */
  readonly outcomes: readonly SubmitOutcome[];
  /** Resolves when they are on disk. Nobody is told an outcome before. */
  readonly durable: Promise<void>;
}

/** Takes the answers of one host, decides what they decide, and says so. Repeating a submission gets the first answer again. */
export async function submitResults(
  database: Database,
  caller: Caller,
  submissions: readonly Submission[],
): Promise<readonly SubmitOutcome[]> {
  const { outcomes, durable } = await storeResults(database, caller, submissions);
  await durable;
  return outcomes;
}

/**
 * As `submitResults`, for those who have something to do until the disk has it.
 * Reads without a lock, works out what follows, and writes it only if nothing that it followed from has changed; else it starts again.
 */
export async function storeResults(
  database: Database,
  caller: Caller,
  submissions: readonly Submission[],
): Promise<StoredSubmissions> {
  if (submissions.length === 0) return { outcomes: [], durable: Promise.resolve() };
  const hashed = submissions.map(({ leaseId, token, results }) => ({ leaseId, tokenHash: tokenHash(token), results }));
  const ids = hashed.map(({ leaseId }) => leaseId);
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const [row] = await runStatement<{ state: SubmissionState }>(database, readStatement, [ids]);
    if (!row) throw new Error("The submission's state was not read.");
    const { outcomes, writes } = planSubmissions(row.state, hashed, caller.volunteerId, newId);
    if (writes === null || (await write(database, writes))) {
      // A repeated submission waits too: the first one may not be on disk yet.
      const durable = runStatement(database, flushStatement, []).then(() => undefined);
      // Whoever awaits it hears of a failure; nobody else must.
      durable.catch(() => undefined);
      return { outcomes, durable };
    }
  }
  // Nothing was stored, and nothing is wrong: a bare error would be logged and masked as a bug.
  throw overloaded("Others kept deciding the same units while this was stored. Nothing of it was: send it again.");
}

/** @returns false when something had changed since it was read; then nothing is stored. */
async function write(database: Database, writes: SubmissionWrites): Promise<boolean> {
  const [row] = await runStatement<{ written: boolean }>(database, writeStatement, writeParameters(writes));
  return row?.written ?? false;
}

/** The values of the write statement's parameters. */
export function writeParameters(writes: SubmissionWrites): unknown[] {
  return [
    JSON.stringify(writes.units),
    writes.leases,
    JSON.stringify(writes.results),
    JSON.stringify(writes.measurements),
    JSON.stringify(writes.curves),
    JSON.stringify(writes.verdicts),
    JSON.stringify(
      writes.trials.map(({ decision, ...trial }) => ({
        ...trial,
        decisionId: decision?.id ?? null,
        kind: decision?.kind ?? null,
        ordinal: decision?.ordinal ?? null,
      })),
    ),
    JSON.stringify(writes.hosts),
    JSON.stringify(writes.studies),
  ];
}
