import { paramsJsonSchema } from "@widefield/experiments/catalog";
import type {
  DefaultView,
  ExperimentDefinition,
  Metric,
  Series,
  Tolerance,
} from "@widefield/experiments/contract/experiment";
import { kernelDigest } from "@widefield/experiments/kernel-digest";
import { builder } from "../builder.ts";

const DirectionEnum = builder.enumType("Direction", {
  values: { MINIMIZE: { value: "minimize" }, MAXIMIZE: { value: "maximize" }, NONE: { value: "none" } } as const,
});

const ScaleEnum = builder.enumType("Scale", {
  values: { LOG: { value: "log" }, LINEAR: { value: "linear" } } as const,
});

const ToleranceRef = builder.objectRef<Tolerance>("Tolerance").implement({
  description: "Replicas agree when |a − b| ≤ absolute + relative · max(|a|, |b|).",
  fields: (t) => ({ absolute: t.exposeFloat("absolute"), relative: t.exposeFloat("relative") }),
});

const MetricRef = builder.objectRef<Metric>("Metric").implement({
  fields: (t) => ({
    name: t.exposeString("name", { description: "As stored; a per-layer metric is stored as `name.<layer>`." }),
    label: t.exposeString("label"),
    help: t.exposeString("help"),
    unit: t.exposeString("unit"),
    direction: t.expose("direction", { type: DirectionEnum }),
    scale: t.expose("scale", { type: ScaleEnum }),
    perLayer: t.exposeBoolean("perLayer"),
    tolerance: t.expose("tolerance", {
      type: ToleranceRef,
      nullable: true,
      description: "Null: reported, never compared.",
    }),
  }),
});

const SeriesRef = builder.objectRef<Series>("Series").implement({
  fields: (t) => ({
    name: t.exposeString("name"),
    label: t.exposeString("label"),
    unit: t.exposeString("unit"),
    scale: t.expose("scale", { type: ScaleEnum }),
    endsIn: t.exposeString("endsIn", {
      nullable: true,
      description:
        "The metric that the last point of a run that succeeded is, if any; of a per-layer metric the last layer's.",
    }),
  }),
});

const ChartViewRef = builder.objectRef<DefaultView>("ChartView").implement({
  description: "How a study is drawn when nobody chose otherwise: names of params and metrics.",
  fields: (t) => ({
    x: t.exposeString("x"),
    y: t.exposeString("y"),
    color: t.exposeString("color"),
    tune: t.exposeString("tune", {
      nullable: true,
      description: "The param whose best value is sought at each x, if any.",
    }),
  }),
});

/** A versioned function of params and seed, as the catalogue describes it. */
export const ExperimentRef = builder.objectRef<ExperimentDefinition>("Experiment").implement({
  fields: (t) => ({
    id: t.id({ resolve: ({ id, version }) => `${id}@${version}`, description: "`feature-learning.mlp@1`" }),
    name: t.exposeString("id", { description: "`feature-learning.mlp`" }),
    version: t.exposeInt("version"),
    family: t.exposeString("family"),
    title: t.exposeString("title"),
    summary: t.exposeString("summary"),
    paramsSchema: t.field({
      type: "JSON",
      description: "JSON Schema of the params, with titles, help and units.",
      resolve: paramsJsonSchema,
    }),
    metrics: t.field({ type: [MetricRef], resolve: ({ metrics }) => [...metrics] }),
    series: t.field({ type: [SeriesRef], resolve: ({ series }) => [...series] }),
    view: t.expose("view", { type: ChartViewRef }),
    kernelDigest: t.string({
      description: "Results are accepted only from programs with this digest.",
      resolve: () => kernelDigest,
    }),
  }),
});
