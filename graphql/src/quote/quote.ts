import { builder } from "../builder.ts";
import { InvalidInput, NotFound } from "../failure/failure.ts";
import { studyFileJsonSchema } from "../study/study-input.ts";
import { quoteSweep, type StudyQuote } from "./quote-sweep.ts";

const StudyQuoteRef = builder.objectRef<StudyQuote>("StudyQuote").implement({
  fields: (t) => ({
    trials: t.exposeInt("trials"),
    adoptable: t.exposeInt("adoptable", {
      description: "Of those, how many have an agreed answer already and would be adopted.",
    }),
    workUnits: t.exposeInt("workUnits"),
    flops: t.exposeFloat("flops", { description: "Of the trials that remain to be computed, each once." }),
    volunteerHours: t.exposeFloat("volunteerHours", {
      description: "flops × quorum over the mean speed of recent hosts (or a stated default), in hours.",
    }),
    assumedFlopsPerSecond: t.exposeFloat("assumedFlopsPerSecond", {
      description: "FLOP/s that the estimate assumes.",
    }),
    peakBytes: t.exposeFloat("peakBytes"),
    largestBufferBytes: t.exposeFloat("largestBufferBytes"),
    downloadBytes: t.exposeFloat("downloadBytes"),
    warnings: t.stringList({
      description: "Things worth a second look: very large buffers, one seed only, …",
      resolve: ({ warnings }) => [...warnings],
    }),
  }),
});

const QuoteResult = builder.errorUnion("QuoteResult", {
  types: [StudyQuoteRef, InvalidInput, NotFound],
  resolveType: () => "StudyQuote",
});

builder.queryField("quote", (t) =>
  t.field({
    type: QuoteResult,
    description: "What a study would cost, before it is made. The sweep is that of StudyInput.",
    args: {
      experiment: t.arg.string({ required: true }),
      sweep: t.arg({ type: "JSON", required: true }),
      quorum: t.arg.int(),
    },
    resolve: (_root, { experiment, sweep, quorum }, { database }) =>
      quoteSweep(database, experiment, sweep, quorum ?? null),
  }),
);

builder.queryField("studyFileSchema", (t) =>
  t.field({
    type: "JSON",
    description: "JSON Schema of the study file (`widefield study create`), the sweep included.",
    resolve: () => studyFileJsonSchema(),
  }),
);
