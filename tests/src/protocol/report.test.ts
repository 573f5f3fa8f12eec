import { openCpu } from "@widefield/experiments/backend/cpu-backend";
import { reportIssues } from "@widefield/graphql/result/trial-report";
import { toResults } from "@widefield/volunteer/compute/to-results";
import { expect, test } from "vitest";
import { mlpTrial, runMlp } from "../numerics/run-mlp.ts";
import { mlp } from "./testkit/report.ts";

/** Classes, so that every curve there is is drawn; 10 is no multiple of 4, so the end is a point of its own. */
const trial = {
  ...{ dataset: "gaussian", inputDim: 4, width: 8, depth: 2, steps: 10, evalEvery: 4 },
  ...{ trainSize: 16, evalSize: 16, batchSize: 8 },
};

test("what the program itself reports is taken as it is: it knows the ends of its curves, and nothing after a divergence", async () => {
  const raw = [
    { ...trial, learningRate: 0.1 },
    { ...trial, learningRate: 1e7 },
  ];
  const report = await runMlp(await openCpu(), raw);
  expect(report.outcomes.map(({ outcome }) => outcome)).toEqual(["SUCCEEDED", "DIVERGED"]);
  expect(Object.keys(report.outcomes[0]?.curves ?? {})).toEqual(mlp().series.map(({ name }) => name));
  const trials = raw.map((params, at) => ({ id: String(at), ...mlpTrial(params) }));
  const results = toResults(trials, report);
  const issues = results.flatMap((result, at) => reportIssues(mlp(), trials[at]?.params ?? {}, result, `${at}`));
  expect(issues).toEqual([]);
});

test("every curve ends in a metric that there is", () => {
  const { series, metrics } = mlp();
  for (const { endsIn } of series) expect(metrics.map(({ name }) => name)).toContain(endsIn);
});
