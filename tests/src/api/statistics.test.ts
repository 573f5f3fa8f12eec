import { expect, test } from "vitest";
import { describeOnEachDatabase } from "../testkit/database.ts";
import { openApi } from "./fixture/api.ts";
import { fixtureId } from "./fixture/commons.ts";

describeOnEachDatabase("the statistics of a group", (fresh) => {
  test("leave out what a diverged run was worth before: it is counted as diverged, whatever it reported", async () => {
    const api = await openApi(fresh);
    const ask = async () => {
      const { data, errors } = await api.ask(
        `{ study(slug: "ladder") { resultGroups(groupBy: ["point"], metrics: ["finalTestLoss"]) {
          key count diverged statistics { metric count mean standardDeviation confidenceLow confidenceHigh min max } } } }`,
      );
      expect(errors).toBeUndefined();
      return data.study.resultGroups;
    };
    const before = await ask();
    expect(before).toMatchObject([
      { key: { point: "mup" }, count: 12, diverged: 0, statistics: [{ count: 12 }] },
      { key: { point: "sp" }, count: 5, diverged: 1, statistics: [{ count: 4 }] },
    ]);
    // Stored before such reports were refused. Squared it is beyond a double, which ended the statement for the whole study.
    await api.database.prisma.measurement.update({
      where: { resultId_metric: { resultId: fixtureId(8, 30), metric: "finalTestLoss" } },
      data: { value: 1e300 },
    });
    expect(await ask()).toEqual(before);
  });
});
