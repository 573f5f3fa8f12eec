import { StaleLease } from "@widefield/graphql/failure/failure";
import { extendLease } from "@widefield/graphql/lease/extend-lease";
import type { GrantedLease } from "@widefield/graphql/lease/grant";
import { releaseLeases } from "@widefield/graphql/lease/release-leases";
import { pauseStudy, resumeStudy } from "@widefield/graphql/study/pause-study";
import { extendStudy } from "@widefield/graphql/study/publish-study";
import { expect, test } from "vitest";
import { describeOnEachDatabase } from "../testkit/database.ts";
import { brokenInvariants } from "./testkit/invariants.ts";
import { seeded } from "./testkit/random.ts";
import { type AskedTrial, divergedReport, failedReport, honestReport } from "./testkit/report.ts";
import { must, type TestHost, World } from "./testkit/world.ts";

/** What a volunteer is like. */
const characters = {
  honest: honestReport,
  wrong: (trial: AskedTrial) => honestReport(trial, 7),
  bursting: (trial: AskedTrial) => divergedReport(trial, 5),
  failing: (trial: AskedTrial) => failedReport(trial),
} as const;
type Character = keyof typeof characters;

interface Held {
  readonly host: TestHost;
  readonly lease: GrantedLease;
  readonly character: Character;
}

const sweep = (seeds: number) => ({
  fixed: { depth: 1, steps: 10 },
  axes: { width: [4, 8], learningRate: [0.1, 1] },
  seeds,
});

/**
 * A world at random: volunteers that are honest, wrong, failing, slow, vanished or repeating themselves, two studies that share trials, and time that passes
 * in jumps. After every few events all that must hold is checked from the tables; in the end honest volunteers finish what is left.
 */
async function simulate(world: World, seed: number, events: number): Promise<void> {
  const random = seeded(seed);
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  const studies = [
    await world.publish({ title: "First", sweep: sweep(3), quorum: 2 }),
    await world.publish({ title: "Second", sweep: sweep(2), quorum: 1 + Math.floor(random() * 3) }),
  ];
  const crowd: { host: TestHost; character: Character }[] = [];
  const names: readonly Character[] = ["honest", "honest", "honest", "wrong", "bursting", "failing"];
  for (const network of ["a", "b", "c", "d", "d", "e", null, null]) {
    crowd.push({ host: await world.host({ network }), character: pick(names) ?? "honest" });
  }
  const held: Held[] = [];
  const done: Held[] = [];
  const released: Held[] = [];

  for (let event = 0; event < events; event++) {
    const dice = random();
    const one = pick(held);
    if (dice < 0.4) {
      const volunteer = pick(crowd);
      if (!volunteer) continue;
      // A slow host has large packs split.
      const flopsPerSecond = random() < 0.2 ? 1e6 : 1e10;
      const { leases } = await world.lease(
        volunteer.host,
        { count: 1 + Math.floor(random() * 3), flopsPerSecond, targetSeconds: 1 },
        random,
      );
      held.push(...leases.map((lease) => ({ ...volunteer, lease })));
    } else if (dice < 0.65 && one) {
      const outcome = await world.submit(one.host, one.lease, characters[one.character]);
      held.splice(held.indexOf(one), 1);
      // Late ones are stale or still count; both are right, the tables tell.
      if (!(outcome instanceof StaleLease)) done.push(one);
    } else if (dice < 0.7) {
      const again = pick(done);
      if (again) must(await world.submit(again.host, again.lease, characters.honest));
    } else if (dice < 0.76 && one) {
      await releaseLeases(world.database, one.host, [one.lease]);
      held.splice(held.indexOf(one), 1);
      released.push(one);
    } else if (dice < 0.8) {
      const gone = pick(released);
      if (gone) expect(await world.submit(gone.host, gone.lease)).toBeInstanceOf(StaleLease);
    } else if (dice < 0.86 && one) await extendLease(world.database, one.host, { ...one.lease, progress: random() });
    else if (dice < 0.89 && one) held.splice(held.indexOf(one), 1);
    else if (dice < 0.96) await world.wait(20 + 160 * random());
    else if (dice < 0.98) {
      const study = pick(studies);
      const turn = random() < 0.5 ? pauseStudy : resumeStudy;
      if (study) await turn(world.database, world.author, study.id);
    } else {
      const study = pick(studies);
      if (study) must(await extendStudy(world.database, world.author, study.id, sweep(1 + Math.floor(4 * random()))));
    }
    if (event % 5 === 0) expect(await brokenInvariants(world.database)).toEqual([]);
  }

  for (const study of studies) await resumeStudy(world.database, world.author, study.id);
  await world.wait(10_000);
  for (let round = 0; round < 40; round++) {
    const host = await world.host();
    const { leases } = await world.lease(host, { count: 64 });
    for (const lease of leases) must(await world.submit(host, lease));
    const states = await Promise.all(studies.map((study) => world.study(study.id)));
    if (states.every((study) => study.state === "FINISHED")) break;
  }
  expect(await brokenInvariants(world.database)).toEqual([]);
  for (const study of studies) expect((await world.study(study.id)).state).toBe("FINISHED");
  const trials = (await Promise.all(studies.map((study) => world.trials(study.id)))).flat();
  expect(trials.filter((trial) => trial.state === "PENDING")).toEqual([]);
}

describeOnEachDatabase("a world of unreliable volunteers", (fresh, kind) => {
  test.each(kind === "postgres" ? [1, 2, 3, 4, 5, 6] : [7, 8])("keeps its promises (seed %i)", async (seed) => {
    await simulate(await World.open(fresh), seed, 120);
  });
});
