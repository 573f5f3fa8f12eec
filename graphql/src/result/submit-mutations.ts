import { builder } from "../builder.ts";
import type { ApiContext } from "../context.ts";
import { badUserInput } from "../failure/bad-user-input.ts";
import { InvalidInput, NotAuthenticated, StaleLease } from "../failure/failure.ts";
import { callerOf, nobodysId } from "../host/calling.ts";
import { encodeGlobalId, uuidOf } from "../identity/global-id.ts";
import { asGiven, LeaseWorkInput, leaseFor, leaseUuid } from "../lease/lease-mutations.ts";
import { maxLeaseCount } from "../lease/lease-request.ts";
import { LeaseWorkResult } from "../lease/leased-work-type.ts";
import { TrialStateEnum } from "../trial/trial-state.ts";
import { OutcomeEnum } from "./outcome.ts";
import type { SubmissionAccepted } from "./plan-submissions.ts";
import { storeResults } from "./submit-results.ts";
import { VerdictEnum } from "./verdict.ts";

const MeasurementInput = builder.inputType("MeasurementInput", {
  fields: (t) => ({ name: t.string({ required: true }), value: t.float() }),
});

const CurveInput = builder.inputType("CurveInput", {
  fields: (t) => ({
    name: t.string({ required: true }),
    steps: t.intList({ required: true }),
    values: t.floatList({ required: true }),
  }),
});

const TrialResultInput = builder.inputType("TrialResultInput", {
  fields: (t) => ({
    trialId: t.id({ required: true }),
    outcome: t.field({ type: OutcomeEnum, required: true }),
    metrics: t.field({ type: [MeasurementInput], required: true }),
    curves: t.field({ type: [CurveInput] }),
    divergedAtStep: t.int(),
    error: t.string({ description: "For FAILED: what went wrong, in words." }),
    elapsedMs: t.float({ required: true }),
    flops: t.float({ required: true }),
  }),
});

const SubmissionInput = builder.inputType("Submission", {
  fields: (t) => ({
    leaseId: t.id({ required: true }),
    token: t.string({ required: true }),
    results: t.field({ type: [TrialResultInput], required: true }),
  }),
});

const TrialVerdictType = builder.objectRef<SubmissionAccepted["verdicts"][number]>("TrialVerdict").implement({
  fields: (t) => ({
    trialId: t.id({ resolve: (verdict) => encodeGlobalId("Trial", verdict.trialId) }),
    verdict: t.expose("verdict", { type: VerdictEnum }),
    trialState: t.expose("trialState", { type: TrialStateEnum }),
  }),
});

const SubmissionAcceptedType = builder.objectRef<SubmissionAccepted>("SubmissionAccepted").implement({
  fields: (t) => ({
    leaseId: t.id({ resolve: (accepted) => encodeGlobalId("Lease", accepted.leaseId) }),
    verdicts: t.field({ type: [TrialVerdictType], resolve: (accepted) => [...accepted.verdicts] }),
  }),
});

const SubmitResult = builder.errorUnion("SubmitResult", {
  types: [SubmissionAcceptedType, StaleLease, InvalidInput, NotAuthenticated],
  resolveType: () => "SubmissionAccepted",
});

type Submissions = readonly (typeof SubmissionInput.$inferInput)[];

async function submitFor(context: ApiContext, submissions: Submissions) {
  if (submissions.length > maxLeaseCount) throw badUserInput(`At most ${maxLeaseCount} submissions in one call.`);
  if (!context.viewer) return { outcomes: submissions.map(() => new NotAuthenticated()), durable: Promise.resolve() };
  const decoded = submissions.map(({ leaseId, token, results }) => ({
    leaseId: leaseUuid(leaseId),
    token,
    results: results.map((result) => ({ ...result, trialId: uuidOf("Trial", result.trialId) ?? nobodysId })),
  }));
  const { outcomes, durable } = await storeResults(context.database, callerOf(context), decoded);
  return { outcomes: outcomes.map((outcome, index) => asGiven(outcome, submissions[index]?.leaseId)), durable };
}

builder.mutationField("submitResults", (t) =>
  t.field({
    type: [SubmitResult],
    description: "Answers in the order of the submissions. Repeating a submission gets the first answer again.",
    args: { submissions: t.arg({ type: [SubmissionInput], required: true }) },
    resolve: async (_root, { submissions }, context) => {
      const { outcomes, durable } = await submitFor(context, submissions);
      await durable;
      return outcomes;
    },
  }),
);

interface SubmittedAndLeased {
  readonly submitted: Awaited<ReturnType<typeof submitFor>>["outcomes"];
  readonly leased: Awaited<ReturnType<typeof leaseFor>> | NotAuthenticated;
}

const SubmitAndLeaseType = builder.objectRef<SubmittedAndLeased>("SubmitAndLease").implement({
  fields: (t) => ({
    submitted: t.field({ type: [SubmitResult], resolve: ({ submitted }) => submitted }),
    leased: t.field({ type: LeaseWorkResult, resolve: ({ leased }) => leased }),
  }),
});

builder.mutationField("submitAndLease", (t) =>
  t.field({
    type: SubmitAndLeaseType,
    args: {
      submissions: t.arg({ type: [SubmissionInput], required: true }),
      lease: t.arg({ type: LeaseWorkInput, required: true }),
    },
    resolve: async (_root, { submissions, lease }, context) => {
      const { outcomes, durable } = await submitFor(context, submissions);
      const leased = context.viewer ? await leaseFor(context, lease) : new NotAuthenticated();
      await durable;
      return { submitted: outcomes, leased };
    },
  }),
);
