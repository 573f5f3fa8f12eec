import { kernelDigest } from "@widefield/experiments/kernel-digest";
import { StaleLease } from "@widefield/graphql/failure/failure";
import { releaseLeases } from "@widefield/graphql/lease/release-leases";
import { newId } from "@widefield/prisma/new-id";
import { expect, test } from "vitest";
import { describeOnEachDatabase } from "../testkit/database.ts";
import { brokenInvariants } from "./testkit/invariants.ts";
import { seeded } from "./testkit/random.ts";
import { honestReport } from "./testkit/report.ts";
import { must, type TestHost, World } from "./testkit/world.ts";

const hostCount = 200;

/** Volunteers with a host each, in two statements. */
async function crowd(world: World): Promise<TestHost[]> {
  const hosts = Array.from(
    { length: hostCount },
    (): TestHost => ({ volunteerId: newId(), hostId: newId(), trusted: false, networkHash: null }),
  );
  await world.database.prisma.volunteer.createMany({
    data: hosts.map(({ volunteerId }) => ({
      id: volunteerId,
      name: "one of many",
      email: `${volunteerId}@example.test`,
    })),
  });
  await world.database.prisma.host.createMany({
    data: hosts.map(({ volunteerId, hostId }) => ({
      id: hostId,
      volunteerId,
      name: "one of many",
      kind: "NODE" as const,
      backend: "WASM" as const,
      engine: "node-20",
      kernelDigest,
      numericsClass: "wasm",
      maxBufferBytes: 1_000_000_000n,
      memoryBytes: 1_000_000_000n,
    })),
  });
  return hosts;
}

describeOnEachDatabase("two hundred hosts at once", (fresh) => {
  test("grant no unit beyond its quorum, lose none, and refuse every stale token", async () => {
    const world = await World.open(fresh);
    const study = await world.publish({
      // Batch sizes make shapes of their own, so that units are many and small.
      sweep: {
        fixed: { depth: 1, width: 4 },
        axes: { batchSize: Array.from({ length: 150 }, (_, at) => at + 1) },
        seeds: 2,
      },
      quorum: 2,
    });
    const hosts = await crowd(world);
    const stale: boolean[] = [];
    await Promise.all(
      hosts.map(async (host, index) => {
        const random = seeded(index);
        for (let turn = 0; turn < 40; turn++) {
          const { leases } = await world.lease(host, { count: 1 + Math.floor(3 * random()) }, random);
          if (leases.length === 0 && (await world.study(study.id)).state === "FINISHED") return;
          for (const lease of leases) {
            if (random() < 0.15) {
              await releaseLeases(world.database, host, [lease]);
              stale.push((await world.submit(host, lease)) instanceof StaleLease);
            } else if (random() < 0.2) {
              const both = await Promise.all([world.submit(host, lease), world.submit(host, lease)]);
              expect(must(both[0])).toEqual(both[1]);
              stale.push((await world.submit(host, { ...lease, token: "forged" })) instanceof StaleLease);
            } else must(await world.submit(host, lease, honestReport));
          }
        }
      }),
    );
    expect(stale.length).toBeGreaterThan(10);
    expect(stale.every(Boolean)).toBe(true);
    expect(await world.study(study.id)).toMatchObject({ state: "FINISHED", decidedCount: 300, revision: 302 });
    expect(await brokenInvariants(world.database)).toEqual([]);
    // All told the truth and nobody was late, so each trial has just its quorum.
    const { rows } = await world.database.pool.query<{ results: number; verdict: string; trials: number }>(
      `SELECT n::int AS results, verdict, count(*)::int AS trials
       FROM (SELECT trial_id, min(verdict::text) AS verdict, count(*) AS n FROM results GROUP BY trial_id) x GROUP BY n, verdict`,
    );
    expect(rows).toEqual([{ results: 2, verdict: "VALID", trials: 300 }]);
  }, 180_000);
});
