import { expect, test } from "vitest";
import { describeOnEachDatabase } from "../testkit/database.ts";
import { brokenInvariants } from "./testkit/invariants.ts";
import { divergedReport, failedReport, honestReport } from "./testkit/report.ts";
import { tinySweep, World } from "./testkit/world.ts";

const one = { sweep: tinySweep(1), quorum: 2 };

describeOnEachDatabase("a quorum", (fresh) => {
  test("two that agree make the older answer canonical, and the study is finished", async () => {
    const world = await World.open(fresh);
    const study = await world.publish(one);
    const [first, second] = [await world.host(), await world.host()];
    expect((await world.work(first)).verdicts).toMatchObject([{ verdict: "PENDING", trialState: "PENDING" }]);
    expect((await world.work(second)).verdicts).toMatchObject([{ verdict: "VALID", trialState: "VALID" }]);

    const [trial] = await world.trials(study.id);
    const results = await world.database.prisma.result.findMany({ orderBy: { id: "asc" } });
    expect(trial).toMatchObject({ state: "VALID", canonicalResultId: results[0]?.id, decidedRevision: 2, wanted: 0 });
    expect(results.map((result) => result.verdict)).toEqual(["VALID", "VALID"]);
    expect(await world.study(study.id)).toMatchObject({
      state: "FINISHED",
      revision: 3,
      decidedCount: 1,
      trialCount: 1,
    });
    expect(await world.decisionKinds(study.id)).toEqual(["PUBLISHED", "CANONICAL", "FINISHED"]);
    expect(await world.units(study.id)).toMatchObject([{ state: "CLOSED", openSlots: 0, activeLeases: 0, wanted: 0 }]);
    const hosts = await world.database.prisma.host.findMany();
    expect(hosts.map((host) => [host.validResults, host.validFlops])).toEqual([
      [1, trial?.flops],
      [1, trial?.flops],
    ]);
  });

  test("a split quorum gets one more, and the majority stands", async () => {
    const world = await World.open(fresh);
    const study = await world.publish(one);
    const hosts = [await world.host(), await world.host(), await world.host()] as const;
    await world.work(hosts[0], (trial) => honestReport(trial, 3));
    await world.work(hosts[1]);
    expect(await world.units(study.id)).toMatchObject([{ state: "OPEN", openSlots: 1, wanted: 1 }]);
    await world.work(hosts[2]);
    const verdicts = await world.database.prisma.result.findMany({ orderBy: { id: "asc" } });
    expect(verdicts.map((result) => result.verdict)).toEqual(["INVALID", "VALID", "VALID"]);
    const credited = await world.database.prisma.host.findMany({ orderBy: { id: "asc" } });
    expect(credited.map((host) => [host.validResults, host.invalidResults])).toEqual([
      [0, 1],
      [1, 0],
      [1, 0],
    ]);
  });

  test("a divergence against a success gets one more; a divergence is an answer like any other", async () => {
    const world = await World.open(fresh);
    const study = await world.publish({ ...one, sweep: tinySweep(1, { steps: 100 }) });
    await world.work(await world.host());
    await world.work(await world.host(), (trial) => divergedReport(trial, 90));
    const { verdicts } = await world.work(await world.host(), (trial) => divergedReport(trial, 100));
    expect(verdicts).toMatchObject([{ verdict: "VALID", trialState: "VALID" }]);
    const [trial] = await world.trials(study.id);
    const canonical = await world.database.prisma.result.findUniqueOrThrow({
      where: { id: trial?.canonicalResultId ?? "" },
    });
    expect(canonical).toMatchObject({ outcome: "DIVERGED", divergedAtStep: 90 });
  });

  test("answers that never agree end as NONDETERMINISTIC", async () => {
    const world = await World.open(fresh);
    const study = await world.publish(one);
    for (let at = 0; at < 5; at++) await world.work(await world.host(), (trial) => honestReport(trial, 10 * at));
    expect(await world.trials(study.id)).toMatchObject([{ state: "NONDETERMINISTIC", canonicalResultId: null }]);
    expect(await world.decisionKinds(study.id)).toEqual(["PUBLISHED", "NONDETERMINISTIC", "FINISHED"]);
  });

  test("a failure is retried elsewhere; the third ends the trial as FAILED", async () => {
    const world = await World.open(fresh);
    const study = await world.publish(one);
    for (let at = 0; at < 3; at++) {
      expect(await world.units(study.id)).toMatchObject([{ openSlots: 2 }]);
      await world.work(await world.host(), (trial) => failedReport(trial));
    }
    expect(await world.trials(study.id)).toMatchObject([{ state: "FAILED" }]);
  });

  test("a failure on the operator's own host ends a trial for nobody: it waits, says so, and is retried elsewhere", async () => {
    const world = await World.open(fresh);
    const study = await world.publish(one);
    const operator = await world.host({ trusted: true });
    expect((await world.work(operator, (trial) => failedReport(trial))).verdicts).toMatchObject([
      { verdict: "PENDING", trialState: "PENDING" },
    ]);
    expect(await world.lease(operator)).toMatchObject({ leases: [], reason: expect.stringContaining("somebody else") });
    await world.work(await world.host());
    await world.work(await world.host());
    expect(await world.trials(study.id)).toMatchObject([{ state: "VALID" }]);
    expect(await brokenInvariants(world.database)).toEqual([]);
  });

  test("what failed in one study is computed anew by another that asks the same", async () => {
    const world = await World.open(fresh);
    await world.publish(one);
    for (let at = 0; at < 3; at++) await world.work(await world.host(), (trial) => failedReport(trial));
    const again = await world.publish(one);
    expect(await world.trials(again.id)).toMatchObject([{ state: "PENDING", adopted: false }]);
    await world.work(await world.host({ trusted: true }));
    expect(await world.trials(again.id)).toMatchObject([{ state: "VALID" }]);
  });

  test("the operator's own host decides alone", async () => {
    const world = await World.open(fresh);
    const study = await world.publish({ ...one, quorum: 3 });
    await world.work(await world.host({ trusted: true }));
    expect(await world.trials(study.id)).toMatchObject([{ state: "VALID" }]);
  });

  test("trials of one unit are decided one by one, and the next lease carries only the rest", async () => {
    const world = await World.open(fresh);
    const study = await world.publish({ sweep: tinySweep(3), quorum: 2 });
    const hosts = [await world.host(), await world.host(), await world.host()] as const;
    const odd = (await world.trials(study.id))[1]?.id;
    await world.work(hosts[0]);
    await world.work(hosts[1], (trial) => honestReport(trial, trial.id === odd ? 5 : 0));
    expect((await world.trials(study.id)).map((trial) => trial.state)).toEqual(["VALID", "PENDING", "VALID"]);
    const lease = await world.leaseOne(hosts[2]);
    expect(lease.trials.map((trial) => trial.id)).toEqual([odd]);
    await world.submit(hosts[2], lease);
    expect(await world.study(study.id)).toMatchObject({ state: "FINISHED", revision: 5, decidedCount: 3 });
  });
});
