import { builder } from "../builder.ts";
import { BackendEnum } from "../host/backend.ts";
import { OrderDirectionEnum } from "../relay/order-direction.ts";
import { OutcomeEnum } from "./outcome.ts";
import { VerdictEnum } from "./verdict.ts";

export const ParamFilterInput = builder.inputType("ParamFilter", {
  fields: (t) => ({
    param: t.string({ required: true, description: "Dotted path into params." }),
    equals: t.field({ type: "JSON" }),
    in: t.field({ type: ["JSON"] }),
    gte: t.float(),
    lte: t.float(),
    gt: t.float(),
    lt: t.float(),
  }),
});

const MetricFilterInput = builder.inputType("MetricFilter", {
  fields: (t) => ({
    metric: t.string({ required: true }),
    equals: t.float(),
    in: t.floatList(),
    gte: t.float(),
    lte: t.float(),
    gt: t.float(),
    lt: t.float(),
    isNull: t.boolean(),
  }),
});

export const ResultFilterInput = builder.inputType("ResultFilter", {
  fields: (t) => ({
    study: t.string({ description: "Slug." }),
    experiment: t.string(),
    params: t.field({ type: [ParamFilterInput] }),
    metrics: t.field({ type: [MetricFilterInput] }),
    seed: t.intList(),
    outcome: t.field({ type: [OutcomeEnum] }),
    verdict: t.field({
      type: [VerdictEnum],
      description: "Default: canonical results only. With verdicts given: every replica of those verdicts.",
    }),
    backend: t.field({ type: [BackendEnum] }),
    host: t.id(),
    volunteer: t.id(),
    asOf: t.int({ description: "The snapshot of a study at a revision (needs `study`)." }),
  }),
});

const ResultOrderFieldEnum = builder.enumType("ResultOrderField", {
  values: ["POSITION", "CREATED_AT", "DECIDED_AT", "ELAPSED_MS"] as const,
});

export const ResultOrderInput = builder.inputType("ResultOrder", {
  description: "Exactly one of field, param, metric.",
  fields: (t) => ({
    field: t.field({ type: ResultOrderFieldEnum }),
    param: t.string(),
    metric: t.string(),
    direction: t.field({ type: OrderDirectionEnum, required: true, defaultValue: "ASC" }),
  }),
});
