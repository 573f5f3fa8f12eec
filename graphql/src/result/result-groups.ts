import { builder } from "../builder.ts";
import { StudyRef } from "../study/study-type.ts";
import { groupResults, type MetricStatistics, type ResultGroup } from "./group-results.ts";
import { ResultFilterInput } from "./result-filter-input.ts";
import { resultListing } from "./result-listing.ts";

const MetricStatisticsRef = builder.objectRef<MetricStatistics>("MetricStatistics").implement({
  description: "Over the finite values of a group. The interval is Student's, 95 %; null below two values.",
  fields: (t) => ({
    metric: t.exposeString("metric"),
    count: t.exposeInt("count"),
    mean: t.exposeFloat("mean", { nullable: true }),
    standardDeviation: t.exposeFloat("standardDeviation", { nullable: true }),
    confidenceLow: t.exposeFloat("confidenceLow", { nullable: true }),
    confidenceHigh: t.exposeFloat("confidenceHigh", { nullable: true }),
    min: t.exposeFloat("min", { nullable: true }),
    max: t.exposeFloat("max", { nullable: true }),
  }),
});

const ResultGroupRef = builder.objectRef<ResultGroup>("ResultGroup").implement({
  fields: (t) => ({
    key: t.expose("key", { type: "JSON", description: "The groupBy params and their values." }),
    count: t.exposeInt("count"),
    diverged: t.exposeInt("diverged"),
    statistics: t.field({ type: [MetricStatisticsRef], resolve: ({ statistics }) => [...statistics] }),
  }),
});

const description =
  "Statistics over canonical results, computed by the server. groupBy names params (dotted paths) or `seed`.";

builder.queryField("resultGroups", (t) =>
  t.field({
    type: [ResultGroupRef],
    description,
    args: {
      where: t.arg({ type: ResultFilterInput }),
      groupBy: t.arg.stringList({ required: true }),
      metrics: t.arg.stringList({ required: true }),
    },
    resolve: async (_root, { where, groupBy, metrics }, context) =>
      groupResults(context.database, await resultListing(context, where ?? {}), groupBy, metrics),
  }),
);

builder.prismaObjectField(StudyRef, "resultGroups", (t) =>
  t.field({
    type: [ResultGroupRef],
    description,
    args: {
      where: t.arg({ type: ResultFilterInput }),
      groupBy: t.arg.stringList({ required: true }),
      metrics: t.arg.stringList({ required: true }),
    },
    resolve: async (study, { where, groupBy, metrics }, context) =>
      groupResults(context.database, await resultListing(context, where ?? {}, study), groupBy, metrics),
  }),
);
