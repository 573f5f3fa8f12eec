import { kernelDigest } from "@widefield/experiments/kernel-digest";
import { ClientOutdated, InvalidInput, NotFound, StaleLease } from "@widefield/graphql/failure/failure";
import { leastWholeFlops } from "@widefield/graphql/lease/asking-host";
import { deadlinesFor } from "@widefield/graphql/lease/deadlines";
import { extendLease } from "@widefield/graphql/lease/extend-lease";
import { leaseWork } from "@widefield/graphql/lease/lease-work";
import { releaseLeases } from "@widefield/graphql/lease/release-leases";
import { pauseStudy, resumeStudy } from "@widefield/graphql/study/pause-study";
import { extendStudy } from "@widefield/graphql/study/publish-study";
import { newId } from "@widefield/prisma/new-id";
import { expect, test } from "vitest";
import { describeOnEachDatabase } from "../testkit/database.ts";
import { must, tinySweep, World } from "./testkit/world.ts";

const oneUnit = { sweep: tinySweep(1), quorum: 1 };
const options = { expectedDigest: kernelDigest };

describeOnEachDatabase("leasing", (fresh, kind) => {
  test("a lease names its trials, deadlines by the server's clock, and a token that is stored only as a hash", async () => {
    const world = await World.open(fresh);
    const study = await world.publish({ sweep: tinySweep(3), quorum: 2 });
    const lease = await world.leaseOne(await world.host(), { flopsPerSecond: 1e6 });
    expect(lease.trials.map((trial) => trial.seed)).toEqual([0, 1, 2]);
    expect(lease).toMatchObject({ studySlug: study.slug, experiment: "feature-learning.mlp", version: 1 });
    const { reissueSeconds, refuseSeconds } = deadlinesFor(lease.flops / 1e6);
    const after = (date: Date) => (date.getTime() - lease.serverTime.getTime()) / 1000;
    expect(after(lease.reissueAt)).toBeCloseTo(reissueSeconds, 1);
    expect(after(lease.refuseAt)).toBeCloseTo(refuseSeconds, 1);
    const stored = await world.database.prisma.lease.findUniqueOrThrow({ where: { id: lease.leaseId } });
    expect(lease.token.length).toBe(43);
    expect(JSON.stringify(stored)).not.toContain(lease.token);
  });

  test("a unit has as many leases as replicas are wanted, and no more", async () => {
    const world = await World.open(fresh);
    await world.publish({ sweep: tinySweep(1), quorum: 2 });
    const hosts = [await world.host(), await world.host(), await world.host()] as const;
    await world.leaseOne(hosts[0]);
    await world.leaseOne(hosts[1]);
    expect(await world.lease(hosts[2])).toMatchObject({
      leases: [],
      reason: expect.stringContaining("computed by others"),
    });
  });

  test("an expired lease goes to the next who asks; until it is refused its answer still counts", async () => {
    const world = await World.open(fresh);
    const study = await world.publish(oneUnit);
    const [slow, quick] = [await world.host(), await world.host()];
    const old = await world.leaseOne(slow);
    expect((await world.lease(quick)).leases).toEqual([]);
    await world.wait(91);
    const again = await world.leaseOne(quick);
    expect(again.trials).toEqual(old.trials);
    expect(await world.units(study.id)).toMatchObject([{ openSlots: 0, activeLeases: 1 }]);
    expect(must(await world.submit(slow, old)).verdicts).toMatchObject([{ verdict: "VALID" }]);
    expect(must(await world.submit(quick, again)).verdicts).toMatchObject([{ verdict: "LATE", trialState: "VALID" }]);
  });

  test("a volunteer whose own lease ran out may have the unit again, and the older token is fenced off", async () => {
    const world = await World.open(fresh);
    await world.publish(oneUnit);
    const host = await world.host();
    const old = await world.leaseOne(host);
    await world.wait(91);
    const again = await world.leaseOne(host);
    expect(await world.submit(host, old)).toBeInstanceOf(StaleLease);
    expect(must(await world.submit(host, again)).verdicts).toMatchObject([{ verdict: "VALID" }]);
  });

  // On the embedded database's one session nobody can come between.
  test.skipIf(kind === "pglite")(
    "a grant that loses to a neighbour at the same moment fences nothing off",
    async () => {
      const world = await World.open(fresh);
      await world.publish({ sweep: tinySweep(1), quorum: 2 });
      const host = await world.host({ network: "home" });
      const neighbour = await world.host({ network: "office" });
      const old = await world.leaseOne(host);
      await world.wait(91);
      await world.lease(await world.host({ memoryBytes: 1 }));

      const { pool } = world.database;
      const rival = await pool.connect();
      try {
        await rival.query("BEGIN");
        await rival.query(
          `INSERT INTO leases (id, unit_id, study_id, host_id, volunteer_id, network_hash, numerics_class, token_hash, trial_ids, reissue_at, refuse_at)
         SELECT gen_random_uuid(), unit_id, study_id, $1::uuid, $2::uuid, 'office', '', 'rival', trial_ids, now() + interval '1 hour', now() + interval '2 hours'
         FROM leases`,
          [neighbour.hostId, neighbour.volunteerId],
        );
        const moved = world.lease({ ...host, networkHash: "office" });
        const waiting =
          "SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
        await expect.poll(async () => (await pool.query(waiting)).rows[0].n).toBe(1);
        await rival.query("COMMIT");
        expect((await moved).leases).toEqual([]);
      } finally {
        rival.release();
      }
      expect(must(await world.submit(host, old)).verdicts).toMatchObject([{ verdict: "PENDING" }]);
    },
  );

  test("past its refusal nothing of a lease counts", async () => {
    const world = await World.open(fresh);
    await world.publish(oneUnit);
    const host = await world.host();
    const lease = await world.leaseOne(host);
    await world.wait(181);
    expect(await world.submit(host, lease)).toBeInstanceOf(StaleLease);
    expect(await extendLease(world.database, host, lease)).toBeInstanceOf(StaleLease);
  });

  test("a host that lives extends its lease; one that ran out comes back while its slot is free", async () => {
    const world = await World.open(fresh);
    const study = await world.publish(oneUnit);
    const [host, other] = [await world.host(), await world.host()];
    const lease = await world.leaseOne(host);
    await world.wait(60);
    const extended = must(await extendLease(world.database, host, { ...lease, progress: 0.5 }));
    expect(extended.reissueAt.getTime() - extended.serverTime.getTime()).toBeGreaterThan(89_000);
    const stored = await world.database.prisma.lease.findUniqueOrThrow({ where: { id: lease.leaseId } });
    expect(stored).toMatchObject({ progress: 0.5, state: "ACTIVE" });

    // Taken back by a host that cannot use it itself.
    const small = await world.host({ memoryBytes: 1 });
    await world.wait(91);
    expect((await world.lease(small)).leases).toEqual([]);
    expect(await world.units(study.id)).toMatchObject([{ openSlots: 1, activeLeases: 0 }]);
    must(await extendLease(world.database, host, lease));
    expect(await world.units(study.id)).toMatchObject([{ openSlots: 0, activeLeases: 1 }]);

    await world.wait(91);
    await world.leaseOne(other);
    expect(await extendLease(world.database, host, lease)).toBeInstanceOf(StaleLease);
  });

  test("a lease that is given back frees its slot at once, and its token is worth nothing", async () => {
    const world = await World.open(fresh);
    await world.publish(oneUnit);
    const [host, other] = [await world.host(), await world.host()];
    const lease = await world.leaseOne(host);
    const forged = { leaseId: lease.leaseId, token: "guess" };
    const unknown = { leaseId: newId(), token: lease.token };
    const outcomes = await releaseLeases(world.database, host, [forged, lease, unknown]);
    expect(outcomes.map((outcome) => outcome instanceof StaleLease)).toEqual([true, false, true]);
    expect(await releaseLeases(world.database, host, [lease])).toEqual([{ leaseId: lease.leaseId }]);
    expect(await world.submit(host, lease)).toBeInstanceOf(StaleLease);
    await world.leaseOne(other);
    // The volunteer who gave it back may have another slot of it later.
    expect((await world.lease(host)).leases).toEqual([]);
  });

  test("one volunteer never has two voices, whatever the hosts; nor has one network", async () => {
    const world = await World.open(fresh);
    await world.publish({ sweep: tinySweep(1), quorum: 3 });
    const first = await world.host({ network: "home" });
    const sameAccount = await world.host({ of: first });
    const sameNetwork = await world.host({ network: "home" });
    await world.work(first);
    for (const host of [first, sameAccount, sameNetwork]) {
      expect(await world.lease(host)).toMatchObject({ leases: [], reason: expect.stringContaining("somebody else") });
    }
    await world.work(await world.host({ network: "elsewhere" }));
    await world.work(await world.host({ network: null }));
  });

  test("loopback and trusted hosts share a network without harm; a closed unit forgets its networks", async () => {
    const world = await World.open(fresh);
    await world.publish({ sweep: tinySweep(1), quorum: 2 });
    await world.work(await world.host({ network: "home" }));
    expect(await world.database.prisma.lease.count({ where: { networkHash: { not: null } } })).toBe(1);
    await world.work(await world.host({ network: "home", trusted: true }));
    expect(await world.database.prisma.lease.count({ where: { networkHash: { not: null } } })).toBe(0);
  });

  test("the cheapest units go first", async () => {
    const world = await World.open(fresh);
    const study = await world.publish({
      sweep: { fixed: { width: 8, depth: 1 }, axes: { steps: [40, 10, 20] } },
      quorum: 1,
    });
    const host = await world.host();
    const { leases } = await world.lease(host, { count: 2 });
    const flops = (await world.units(study.id)).map((unit) => unit.flops);
    expect(leases.map((lease) => lease.flops)).toEqual(flops.slice(0, 2));
    const [first, second] = leases;
    // Deadlines of a batch allow for what is computed before.
    expect(second?.reissueAt.getTime()).toBeGreaterThanOrEqual(first?.reissueAt.getTime() ?? Number.POSITIVE_INFINITY);
  });

  test("a pack that is too long for a slow host is split; nothing is lost", async () => {
    const world = await World.open(fresh);
    const study = await world.publish({ sweep: tinySweep(20, { width: 256, steps: 1000 }), quorum: 2 });
    const [whole] = await world.units(study.id);
    if (!whole) throw new Error("no unit");
    expect(whole.trialCount).toBe(20);
    expect(whole.flops / 4).toBeGreaterThan(leastWholeFlops);
    const slow = await world.host();
    // Five trials take the second that it asks for.
    const { leases } = await world.lease(slow, { targetSeconds: 1, flopsPerSecond: whole.flops / 4 });
    expect(leases[0]?.trials.length).toBe(5);
    const units = await world.units(study.id);
    expect(units.map((unit) => unit.trialCount)).toEqual([5, 5, 5, 5]);
    expect(units.reduce((sum, unit) => sum + unit.openSlots, 0)).toBe(4 * 2 - 1);
    expect((await world.trials(study.id)).every((trial) => units.some((unit) => unit.id === trial.unitId))).toBe(true);
  });

  test("a pack that must be split first is found behind any number of cheaper units that the host has answered", async () => {
    const world = await World.open(fresh);
    const cheap = {
      fixed: { width: 8, depth: 1, steps: 10, trainSize: 64, evalSize: 32 },
      axes: { inputDim: Array.from({ length: 101 }, (_, at) => at + 8), batchSize: [1, 2, 3, 4, 5] },
    };
    const study = await world.publish({ sweep: cheap, quorum: 2 });
    expect((await world.units(study.id)).length).toBe(505);
    const slow = await world.host();
    await world.database.pool.query(
      `INSERT INTO leases (id, unit_id, study_id, host_id, volunteer_id, numerics_class, token_hash, state, trial_ids, reissue_at, refuse_at, ended_at)
       SELECT gen_random_uuid(), u.id, u.study_id, $1::uuid, $2::uuid, '', u.id::text, 'SUBMITTED', '{}', now(), now(), now() FROM work_units u`,
      [slow.hostId, slow.volunteerId],
    );
    expect((await world.lease(slow)).reason).toContain("somebody else");
    must(await extendStudy(world.database, world.author, study.id, tinySweep(20, { width: 256, steps: 1000 })));
    const pack = (await world.units(study.id)).find((unit) => unit.trialCount === 20);
    const lease = await world.leaseOne(slow, { targetSeconds: 1, flopsPerSecond: (pack?.flops ?? 0) / 4 });
    expect(lease.trials.length).toBe(5);
  });

  test("a host that calls itself very slow does not grind small packs to single trials", async () => {
    const world = await World.open(fresh);
    const study = await world.publish({ sweep: tinySweep(20), quorum: 2 });
    const lease = await world.leaseOne(await world.host(), { targetSeconds: 1, flopsPerSecond: 1 });
    expect(lease.trials.length).toBe(20);
    expect((await world.units(study.id)).length).toBe(1);
  });

  test("a host that hoards gets no more until it gives back or submits", async () => {
    const world = await World.open(fresh);
    await world.publish({ sweep: tinySweep(1, {}, { inputDim: Array.from({ length: 130 }, (_, i) => i + 8) }) });
    const host = await world.host();
    const counts: number[] = [];
    for (const count of [64, 60, 64, 1]) counts.push((await world.lease(host, { count })).leases.length);
    expect(counts).toEqual([64, 60, 4, 0]);
    expect((await world.lease(host)).reason).toContain("128 units");
    expect((await world.lease(await world.host())).leases.length).toBe(1);
  });

  test("a lease is not extended for ever", async () => {
    const world = await World.open(fresh);
    await world.publish({ sweep: tinySweep(1) });
    const host = await world.host();
    const lease = await world.leaseOne(host);
    must(await extendLease(world.database, host, lease));
    await world.database.pool.query("UPDATE leases SET granted_at = now() - interval '31 minutes'");
    expect(await extendLease(world.database, host, lease)).toBeInstanceOf(StaleLease);
  });

  test("a pack that was leased once is never split, only handed on", async () => {
    const world = await World.open(fresh);
    const study = await world.publish({ sweep: tinySweep(20), quorum: 2 });
    await world.leaseOne(await world.host());
    const slow = await world.leaseOne(await world.host(), { targetSeconds: 1, flopsPerSecond: 1e6 });
    expect(slow.trials.length).toBe(20);
    expect((await world.units(study.id)).length).toBe(1);
  });

  test("what exceeds a host's memory is split if that helps, else left to others", async () => {
    const world = await World.open(fresh);
    const study = await world.publish({ sweep: tinySweep(20), quorum: 1 });
    const [whole] = await world.units(study.id);
    const half = await world.host({ memoryBytes: Number(whole?.peakBytes) / 2 });
    expect((await world.leaseOne(half)).trials.length).toBeLessThan(20);
    const tiny = await world.host({ memoryBytes: 10 });
    expect(await world.lease(tiny)).toMatchObject({ leases: [], reason: expect.stringContaining("more memory") });
  });

  test("a paused study gives nothing and says so, but takes what is under way", async () => {
    const world = await World.open(fresh);
    const study = await world.publish({ sweep: tinySweep(1), quorum: 2 });
    const [host, other] = [await world.host(), await world.host()];
    const lease = await world.leaseOne(host);
    must(await pauseStudy(world.database, world.author, study.id));
    expect(await world.lease(other, { study: study.slug })).toMatchObject({
      leases: [],
      reason: "This study is paused.",
    });
    expect(must(await world.submit(host, lease)).verdicts).toMatchObject([{ verdict: "PENDING" }]);
    must(await resumeStudy(world.database, world.author, study.id));
    await world.work(other);
    expect(await world.decisionKinds(study.id)).toEqual(["PUBLISHED", "PAUSED", "RESUMED", "CANONICAL", "FINISHED"]);
  });

  test("a volunteer may choose a study, a family, or the experiments that the program has", async () => {
    const world = await World.open(fresh);
    await world.publish({ title: "One", sweep: tinySweep(1) });
    await world.publish({ title: "Two", sweep: tinySweep(1, { width: 9 }) });
    const host = await world.host();
    expect((await world.lease(host, { family: "mri-artefacts" })).reason).toContain("your choice");
    expect((await world.lease(host, { experiments: ["something.else@1"] })).leases).toEqual([]);
    expect(await world.lease(host, { study: "none" })).toMatchObject({ reason: 'There is no study "none".' });
    const draft = await world.draft({ slug: "secret" });
    expect(await world.lease(host, { study: "secret" })).toMatchObject({ reason: 'There is no study "secret".' });
    const own = await world.host({ of: world.author });
    expect(await world.lease(own, { study: draft.slug })).toMatchObject({ reason: expect.stringContaining("draft") });
    expect((await world.leaseOne(host, { study: "two" })).studySlug).toBe("two");
    expect((await world.leaseOne(host, { experiments: ["feature-learning.mlp@1"] })).studySlug).toBe("one");
  });

  test("studies share: a small one is not starved by a huge one", async () => {
    const world = await World.open(fresh);
    await world.publish({
      title: "Huge",
      sweep: { fixed: { depth: 1 }, axes: { width: [8], batchSize: Array.from({ length: 60 }, (_, at) => at + 1) } },
    });
    await world.publish({
      title: "Small",
      sweep: { fixed: { depth: 2 }, axes: { width: [8], batchSize: [1, 2, 3, 4] } },
    });
    const host = await world.host();
    let draw = 0;
    const { leases } = await world.lease(host, { count: 8 }, () => (draw++ % 8) / 8);
    const small = leases.filter((lease) => lease.studySlug === "small").length;
    expect(small).toBeGreaterThanOrEqual(3);
    expect(leases.length).toBe(8);
  });

  test("what one study cannot give, another does", async () => {
    const world = await World.open(fresh);
    await world.publish({
      title: "Huge",
      sweep: { fixed: { depth: 1 }, axes: { width: [8], batchSize: [1, 2, 3, 4, 5, 6] } },
    });
    await world.publish({ title: "Small", sweep: { fixed: { depth: 2 }, axes: { width: [8] } } });
    const host = await world.host();
    const slugs = new Set<string>();
    let got = 0;
    for (let call = 0; call < 10 && got < 7; call++) {
      const { leases } = await world.lease(host, { count: 4 });
      got += leases.length;
      for (const lease of leases) slugs.add(lease.studySlug);
    }
    expect([got, slugs.size]).toEqual([7, 2]);
  });

  test("a host's clock is of no importance", async () => {
    const world = await World.open(fresh);
    await world.publish(oneUnit);
    const host = await world.host();
    const now = Date.now;
    Date.now = () => now() + 400 * 24 * 3600 * 1000;
    try {
      const lease = await world.leaseOne(host);
      // The embedded database lives in this process here, and with its clock.
      if (kind === "postgres") expect(Math.abs(lease.serverTime.getTime() - now())).toBeLessThan(60_000);
      expect(lease.reissueAt.getTime() - lease.serverTime.getTime()).toBeGreaterThan(89_000);
      expect(must(await world.submit(host, lease)).verdicts).toMatchObject([{ verdict: "VALID" }]);
    } finally {
      Date.now = now;
    }
  });

  test("an older program, a foreign host and a bad wish are told apart", async () => {
    const world = await World.open(fresh);
    await world.publish(oneUnit);
    const [host, stranger] = [await world.host(), await world.host()];
    const ask = (input: Record<string, unknown>, caller = host) =>
      leaseWork(world.database, caller, { hostId: host.hostId, kernelDigest, ...input }, options);
    expect(await ask({ kernelDigest: "old" })).toBeInstanceOf(ClientOutdated);
    expect(await ask({}, stranger)).toBeInstanceOf(NotFound);
    for (const bad of [{ count: 0 }, { count: 65 }, { targetSeconds: 0 }, { flopsPerSecond: -1 }]) {
      expect(await ask(bad)).toBeInstanceOf(InvalidInput);
    }
  });
});
