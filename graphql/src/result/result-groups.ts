import type { Prisma } from "@widefield/prisma/client";
import DataLoader from "dataloader";
import { builder } from "../builder.ts";
import { sharedAt } from "../relay/shared-at.ts";
import { StudyRef } from "../study/study-type.ts";
import {
  checkGrouping,
  groupResults,
  groupResultsOfStudies,
  type MetricStatistics,
  type ResultGroup,
} from "./group-results.ts";
import { ResultFilterInput } from "./result-filter-input.ts";
import { resultListing, studyListing } from "./result-listing.ts";

const MetricStatisticsRef = builder.objectRef<MetricStatistics>("MetricStatistics").implement({
  description:
    "Over a group's results that succeeded, and are decided or the viewer's own. The interval is Student's, 95 %; null below two values.",
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
      groupResults(context.database, await resultListing(context, where ?? {}), { groupBy, metrics }),
  }),
);

const groupsAt = sharedAt<DataLoader<string, ResultGroup[]>>();

builder.prismaObjectField(StudyRef, "resultGroups", (t) =>
  t.field({
    type: [ResultGroupRef],
    description,
    args: {
      where: t.arg({ type: ResultFilterInput }),
      groupBy: t.arg.stringList({ required: true }),
      metrics: t.arg.stringList({ required: true }),
    },
    resolve: (study, { where, groupBy, metrics }, { database, viewer }, info) => {
      const grouping = { groupBy, metrics };
      const { definition } = studyListing(where ?? {}, viewer, study);
      checkGrouping(grouping, definition);
      const groups = groupsAt(info, () => {
        const listingOf = (studyId: Prisma.Sql) => studyListing(where ?? {}, viewer, study, studyId);
        return new DataLoader((ids) => groupResultsOfStudies(database, ids, listingOf, grouping));
      });
      return groups.load(study.id);
    },
  }),
);
