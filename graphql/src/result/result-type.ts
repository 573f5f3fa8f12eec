import { builder } from "../builder.ts";
import { BackendEnum } from "../host/backend.ts";
import { OutcomeEnum } from "./outcome.ts";
import { isSealed } from "./sealed.ts";
import { VerdictEnum } from "./verdict.ts";

const MeasurementType = builder.prismaObject("Measurement", {
  fields: (t) => ({
    name: t.exposeString("metric"),
    value: t.exposeFloat("value", { nullable: true, description: "Null: not finite; the outcome is DIVERGED." }),
  }),
});

const CurveType = builder.prismaObject("Curve", {
  description: "values[i] was measured after steps[i] steps. Ends before the first value that is not finite.",
  fields: (t) => ({
    name: t.exposeString("metric"),
    steps: t.exposeIntList("steps"),
    values: t.exposeFloatList("values"),
  }),
});

const sealedWords = "While the verdict is PENDING, its own volunteer alone sees this";

/** What one host reports for one trial: a replica. */
export const ResultRef = builder.prismaNode("Result", {
  id: { field: "id" },
  nullable: true,
  fields: (t) => ({
    trial: t.relation("trial", { description: "The trial it was computed for. Other studies may have adopted it." }),
    study: t.relation("study", { description: "The study it was computed for." }),
    host: t.relation("host"),
    volunteer: t.relation("volunteer"),
    params: t.field({
      type: "JSON",
      select: { trial: { select: { params: true } } },
      resolve: (result) => result.trial.params,
    }),
    seed: t.int({ select: { trial: { select: { seed: true } } }, resolve: (result) => result.trial.seed }),
    outcome: t.expose("outcome", { type: OutcomeEnum }),
    verdict: t.expose("verdict", { type: VerdictEnum }),
    canonical: t.boolean({
      description: "Whether this replica is the agreed answer of its trial.",
      select: { id: true, trial: { select: { canonicalResultId: true } } },
      resolve: (result) => result.trial.canonicalResultId === result.id,
    }),
    divergedAtStep: t.int({
      nullable: true,
      description: `${sealedWords}; for others it is null.`,
      select: { divergedAtStep: true, verdict: true, volunteerId: true },
      resolve: (result, _args, { viewer }) => (isSealed(result, viewer) ? null : result.divergedAtStep),
    }),
    error: t.exposeString("error", { nullable: true }),
    backend: t.expose("backend", { type: BackendEnum }),
    numericsClass: t.exposeString("numericsClass"),
    elapsedMs: t.exposeFloat("elapsedMs"),
    flops: t.exposeFloat("flops"),
    createdAt: t.expose("createdAt", { type: "DateTime" }),
    decidedAt: t.expose("decidedAt", { type: "DateTime", nullable: true }),
    metrics: t.field({
      type: [MeasurementType],
      description: `All, or those named. ${sealedWords}; for others there are none.`,
      args: { names: t.arg.stringList() },
      select: (args, _context, nested) => ({
        verdict: true,
        volunteerId: true,
        measurements: nested({
          where: args.names ? { metric: { in: args.names } } : {},
          orderBy: { metric: "asc" },
        }),
      }),
      resolve: (result, _args, { viewer }) => (isSealed(result, viewer) ? [] : result.measurements),
    }),
    curves: t.field({
      type: [CurveType],
      description: `All, or those named. ${sealedWords}; for others there are none.`,
      args: { names: t.arg.stringList() },
      select: (args, _context, nested) => ({
        verdict: true,
        volunteerId: true,
        curves: nested({
          where: args.names ? { metric: { in: args.names } } : {},
          orderBy: { metric: "asc" },
        }),
      }),
      resolve: (result, _args, { viewer }) => (isSealed(result, viewer) ? [] : result.curves),
    }),
  }),
});

export const ResultConnection = builder.connectionObject(
  { type: ResultRef, name: "ResultConnection" },
  { name: "ResultEdge" },
);
