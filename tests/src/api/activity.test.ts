import { readActivity } from "@widefield/graphql/commons/activity";
import { openDatabase } from "@widefield/prisma/open-database";
import { expect, onTestFinished, test } from "vitest";
import { describeOnEachDatabase } from "../testkit/database.ts";
import { fixtureId, ids, now, seedCommons } from "./fixture/commons.ts";

describeOnEachDatabase("what is computed now", (fresh) => {
  test("names a host that holds one unit also where another leases far ahead", async () => {
    const database = openDatabase((await fresh()).url, { poolSize: 2 });
    onTestFinished(() => database.close());
    await seedCommons(database);
    const ahead = Array.from({ length: 60 }, (_, place) => fixtureId(4, 100 + place));
    await database.prisma.workUnit.createMany({
      data: ahead.map((id) => ({
        id,
        studyId: ids.ladder,
        experimentId: "feature-learning.mlp",
        experimentVersion: 1,
        packKey: "width 64",
        openSlots: 0,
        wanted: 0,
        activeLeases: 1,
        trialCount: 1,
        flops: 1,
        peakBytes: 1n,
        largestBufferBytes: 1n,
        downloadBytes: 0n,
      })),
    });
    await database.prisma.lease.createMany({
      data: ahead.map((unitId, place) => ({
        id: fixtureId(5, 100 + place),
        unitId,
        studyId: ids.ladder,
        hostId: ids.bensHost,
        volunteerId: ids.ben,
        numericsClass: "cpu/wasm",
        tokenHash: `ahead ${place}`,
        trialIds: [],
        grantedAt: new Date(now.getTime() - 1000 + place),
        reissueAt: new Date(now.getTime() + 300_000),
        refuseAt: new Date(now.getTime() + 600_000),
      })),
    });
    const activity = await readActivity(database, now);
    expect(activity).toHaveLength(50);
    // Ben's unit under way, then Ada's, then what Ben holds ahead, in the order in which he will come to it.
    expect(activity.slice(0, 4).map(({ hostId, progress, leaseId }) => [hostId, progress, leaseId])).toEqual([
      [ids.bensHost, 0.75, fixtureId(5, 11)],
      [ids.adasHost, 0.25, fixtureId(5, 10)],
      [ids.bensHost, 0, fixtureId(5, 100)],
      [ids.bensHost, 0, fixtureId(5, 101)],
    ]);
    expect(activity[0]).toMatchObject({ hostName: "node-box", backend: "WASM", trialCount: 1 });
    expect(activity[0]?.grantedAt).toBeInstanceOf(Date);
  });

  test("leaves out a lease that another host may already have been given", async () => {
    const database = openDatabase((await fresh()).url, { poolSize: 2 });
    onTestFinished(() => database.close());
    await seedCommons(database);
    expect(await readActivity(database, new Date("2026-03-01T12:05:00.000Z"))).toEqual([]);
  });
});
