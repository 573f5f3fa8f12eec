import { findExperiment } from "@widefield/experiments/catalog";
import type { ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import { type InputIssue, InvalidInput, StaleLease } from "../failure/failure.ts";
import { encodeGlobalId } from "../identity/global-id.ts";
import type { HeldLease, StoredAnswer, SubmissionState, TrialState } from "./submission-state.ts";
import type { NewResult, SubmissionWrites } from "./submission-writes.ts";
import { reportIssues, type TrialReport } from "./trial-report.ts";
import { type GivenVerdict, WorkingState } from "./working-state.ts";

/** One lease's answer, its token hashed already. */
export interface HashedSubmission {
  readonly leaseId: string;
  readonly tokenHash: string;
  readonly results: readonly TrialReport[];
}

export interface SubmissionAccepted {
  readonly leaseId: string;
  readonly verdicts: readonly {
    readonly trialId: string;
    readonly verdict: GivenVerdict;
    readonly trialState: TrialState["state"];
  }[];
}

export type SubmitOutcome = SubmissionAccepted | StaleLease | InvalidInput;

export interface SubmissionPlan {
  /** In the order of the submissions. */
  readonly outcomes: readonly SubmitOutcome[];
  /** Null when nothing changes. */
  readonly writes: SubmissionWrites | null;
}

/**
 * What a call with these submissions amounts to, given all that it depends on. Pure.
 * Each submission stands for itself: a stale or faulty one changes nothing and hinders none of the others.
 */
export function planSubmissions(
  state: SubmissionState,
  submissions: readonly HashedSubmission[],
  volunteerId: string,
  newId: () => string,
): SubmissionPlan {
  const definitions = new Map<string, ExperimentDefinition | undefined>(
    state.studies.map((study) => [study.id, findExperiment(study.experimentId, study.experimentVersion)]),
  );
  const working = new WorkingState(state, (studyId) => definitions.get(studyId), newId);
  const answered = new Map<string, SubmissionAccepted>();
  const results: NewResult[] = [];
  const taken: { lease: HeldLease; reports: readonly TrialReport[] }[] = [];

  const outcomes = submissions.map((submission): SubmitOutcome => {
    const lease = state.leases.find(({ id }) => id === submission.leaseId);
    const stale = whyStale(lease, submission, volunteerId);
    if (!lease || stale) return new StaleLease(encodeGlobalId("Lease", submission.leaseId), stale ?? unknown);
    const before = answered.get(lease.id) ?? firstAnswer(lease, state.answers);
    if (before) return before;
    const definition = definitions.get(lease.studyId);
    if (!definition) return InvalidInput.at("", "This server no longer knows the experiment of this lease.");
    const issues = submissionIssues(definition, lease, working, submission.results);
    if (issues.length > 0) return new InvalidInput(issues);
    if (lease.trialIds.some((trialId) => working.hasAnswer(trialId, volunteerId))) {
      return new StaleLease(
        encodeGlobalId("Lease", lease.id),
        "You have answered a trial of this lease under another one.",
      );
    }
    const accepted = takeIn(working, lease, submission.results, results, newId);
    answered.set(lease.id, accepted);
    taken.push({ lease, reports: submission.results });
    return accepted;
  });
  if (results.length === 0) return { outcomes, writes: null };

  const reports = new Map(
    taken.flatMap(({ lease, reports }) => reports.map((report) => [`${lease.id} ${report.trialId}`, report])),
  );
  const reportOf = (result: NewResult): TrialReport | undefined => reports.get(`${result.leaseId} ${result.trialId}`);
  const fresh = new Set(results.map(({ id }) => id));
  const units = taken.map(({ lease }) => lease.unitId);
  return {
    outcomes,
    writes: {
      ...working.writes(units, state.units, fresh),
      leases: taken.map(({ lease }) => lease.id),
      // A later submission of the same call may have decided an earlier one's trial.
      results: results.map((result) => ({ ...result, verdict: working.verdict(result.id) })),
      measurements: results.flatMap((result) =>
        (reportOf(result)?.metrics ?? []).map(({ name, value }) => ({
          resultId: result.id,
          metric: name,
          value: value ?? null,
        })),
      ),
      curves: results.flatMap((result) =>
        (reportOf(result)?.curves ?? []).map(({ name, steps, values }) => ({
          resultId: result.id,
          metric: name,
          steps,
          values,
        })),
      ),
    },
  };
}

function takeIn(
  working: WorkingState,
  lease: HeldLease,
  reports: readonly TrialReport[],
  results: NewResult[],
  newId: () => string,
): SubmissionAccepted {
  const verdicts = reports.map((report) => {
    const id = newId();
    const { trialId, outcome, elapsedMs, flops } = report;
    const divergedAtStep = outcome === "DIVERGED" ? (report.divergedAtStep ?? null) : null;
    working.take({
      id,
      trialId,
      outcome,
      divergedAtStep,
      hostId: lease.hostId,
      volunteerId: lease.volunteerId,
      trusted: lease.trusted,
      metrics: Object.fromEntries(report.metrics.map(({ name, value }) => [name, value ?? null])),
    });
    const verdict = working.verdict(id);
    const error = outcome === "FAILED" ? storable(report.error ?? "").trim() : null;
    results.push({ id, leaseId: lease.id, trialId, outcome, verdict, divergedAtStep, error, elapsedMs, flops });
    return { trialId, verdict, trialState: working.trial(trialId)?.state ?? "PENDING" };
  });
  return { leaseId: lease.id, verdicts };
}

/** At most 2000 characters, without what Postgres cannot hold: NUL, and halves of surrogate pairs (a cut may leave one). */
function storable(text: string): string {
  return Buffer.from(text.slice(0, 2000).replaceAll("\u0000", "")).toString();
}

const unknown = "No lease has this id and token. Drop the unit and lease another.";

function whyStale(lease: HeldLease | undefined, given: HashedSubmission, volunteerId: string): string | null {
  if (!lease || lease.tokenHash !== given.tokenHash || lease.volunteerId !== volunteerId) return unknown;
  if (lease.state === "RELEASED") return "This lease was given back. Drop the unit.";
  if (lease.state !== "SUBMITTED" && lease.refused) {
    return "This lease ran out and its time to answer has passed too. Drop the unit.";
  }
  return null;
}

/** What was answered to a lease that had been submitted; a verdict that came later is not part of it. */
function firstAnswer(lease: HeldLease, answers: readonly StoredAnswer[]): SubmissionAccepted | null {
  if (lease.state !== "SUBMITTED") return null;
  const verdicts = answers
    .filter(({ leaseId }) => leaseId === lease.id)
    .map(({ trialId, verdict, atOnce, trialState }) =>
      atOnce
        ? { trialId, verdict, trialState }
        : { trialId, verdict: "PENDING" as const, trialState: "PENDING" as const },
    );
  return { leaseId: lease.id, verdicts };
}

function submissionIssues(
  definition: ExperimentDefinition,
  lease: HeldLease,
  working: WorkingState,
  reports: readonly TrialReport[],
): InputIssue[] {
  const issues: InputIssue[] = [];
  const given = new Set(reports.map(({ trialId }) => trialId));
  if (given.size < reports.length) issues.push({ path: "results", message: "A trial is answered twice." });
  const missing = lease.trialIds.filter((id) => !given.has(id)).length;
  if (missing > 0) {
    const message = `${missing} of the lease's ${lease.trialIds.length} trials are not answered; a trial that cannot be computed is FAILED.`;
    issues.push({ path: "results", message });
  }
  reports.forEach((report, index) => {
    if (!lease.trialIds.includes(report.trialId)) {
      issues.push({ path: `results.${index}.trialId`, message: "This trial is not part of the lease." });
    } else
      issues.push(...reportIssues(definition, working.trial(report.trialId)?.params ?? {}, report, `results.${index}`));
  });
  return issues.slice(0, 50);
}
