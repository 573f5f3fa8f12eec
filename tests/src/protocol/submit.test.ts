import { InvalidInput, StaleLease } from "@widefield/graphql/failure/failure";
import { submitResults } from "@widefield/graphql/result/submit-results";
import type { TrialReport } from "@widefield/graphql/result/trial-report";
import { writeStatement } from "@widefield/graphql/result/write-statement";
import { newId } from "@widefield/prisma/new-id";
import { expect, test } from "vitest";
import { describeOnEachDatabase } from "../testkit/database.ts";
import { divergedReport, failedReport, honestReport } from "./testkit/report.ts";
import { must, tinySweep, World } from "./testkit/world.ts";

describeOnEachDatabase("submitting", (fresh) => {
  test("a repeated submission gets the first answer again, and stores nothing twice", async () => {
    const world = await World.open(fresh);
    await world.publish({ sweep: tinySweep(2), quorum: 2 });
    const [one, two] = [await world.host(), await world.host()];
    const lease = await world.leaseOne(one);
    const first = await world.submit(one, lease);
    // Other numbers do not change what was said.
    expect(await world.submit(one, lease, (trial) => honestReport(trial, 5))).toEqual(first);
    const second = await world.leaseOne(two);
    const decided = await world.submit(two, second);
    expect(must(decided).verdicts).toMatchObject([{ verdict: "VALID" }, { verdict: "VALID" }]);
    // Decided by now; the first answer was PENDING and stays that.
    expect(await world.submit(one, lease)).toEqual(first);
    expect(await world.submit(two, second)).toEqual(decided);
    expect(await world.database.prisma.result.count()).toBe(4);
  });

  test("a result is of the numerics class that its lease was granted to, also when the host has a newer program by then", async () => {
    const world = await World.open(fresh);
    await world.publish({ sweep: tinySweep(1), quorum: 1 });
    const host = await world.host();
    const lease = await world.leaseOne(host);
    const before = await world.database.prisma.host.findUniqueOrThrow({ where: { id: host.hostId } });
    await world.database.prisma.host.update({ where: { id: host.hostId }, data: { numericsClass: "newer" } });
    must(await world.submit(host, lease));
    const [result] = await world.database.prisma.result.findMany();
    expect(result?.numericsClass).toBe(before.numericsClass);
  });

  test("both copies of one submission, sent at the same moment, are answered alike", async () => {
    const world = await World.open(fresh);
    await world.publish({ sweep: tinySweep(3), quorum: 1 });
    const host = await world.host();
    const lease = await world.leaseOne(host);
    const answers = await Promise.all(Array.from({ length: 5 }, () => world.submit(host, lease)));
    for (const answer of answers) expect(must(answer)).toEqual(answers[0]);
    expect(await world.database.prisma.result.count()).toBe(3);
  });

  test("a forged token, another's lease and an unknown lease are stale and change nothing", async () => {
    const world = await World.open(fresh);
    await world.publish({ sweep: tinySweep(1), quorum: 1 });
    const [host, thief] = [await world.host(), await world.host()];
    const lease = await world.leaseOne(host);
    expect(await world.submit(host, { ...lease, token: "forged" })).toBeInstanceOf(StaleLease);
    expect(await world.submit(thief, lease)).toBeInstanceOf(StaleLease);
    expect(await world.submit(host, { ...lease, leaseId: newId() })).toBeInstanceOf(StaleLease);
    expect(await world.database.prisma.result.count()).toBe(0);
    must(await world.submit(host, lease));
  });

  test("each submission of a call stands for itself", async () => {
    const world = await World.open(fresh);
    await world.publish({ sweep: { fixed: { depth: 1 }, axes: { width: [4, 5, 6] } }, quorum: 1 });
    const host = await world.host();
    const { leases } = await world.lease(host, { count: 3 });
    const [good, faulty, other] = leases;
    if (!good || !faulty || !other) throw new Error("Three leases are expected.");
    const outcomes = await submitResults(world.database, host, [
      { ...good, results: good.trials.map((trial) => honestReport(trial)) },
      { ...faulty, results: [] },
      { ...other, token: "forged", results: other.trials.map((trial) => honestReport(trial)) },
      { ...good, results: good.trials.map((trial) => honestReport(trial)) },
    ]);
    expect(outcomes[0]).toMatchObject({ verdicts: [{ verdict: "VALID" }] });
    expect(outcomes[1]).toBeInstanceOf(InvalidInput);
    expect(outcomes[2]).toBeInstanceOf(StaleLease);
    expect(outcomes[3]).toEqual(outcomes[0]);
    // The faulty one may be mended.
    must(await world.submit(host, faulty));
  });

  test("a late answer is held against the canonical one, credited or not, and decides nothing", async () => {
    const world = await World.open(fresh);
    const study = await world.publish({ sweep: tinySweep(1), quorum: 1 });
    const [right, wrong, lost, quick] = [
      await world.host(),
      await world.host(),
      await world.host(),
      await world.host(),
    ];
    const slow = [];
    for (const host of [right, wrong, lost]) {
      slow.push(await world.leaseOne(host));
      await world.wait(91);
    }
    await world.work(quick);
    const [a, b, c] = slow;
    if (!a || !b || !c) throw new Error("Three leases are expected.");
    await world.wait(-250);
    expect(must(await world.submit(right, a)).verdicts).toMatchObject([{ verdict: "LATE", trialState: "VALID" }]);
    expect(must(await world.submit(wrong, b, (trial) => honestReport(trial, 3))).verdicts).toMatchObject([
      { verdict: "INVALID" },
    ]);
    expect(must(await world.submit(lost, c, failedReport)).verdicts).toMatchObject([{ verdict: "INCONCLUSIVE" }]);
    const host = (id: string) => world.database.prisma.host.findUniqueOrThrow({ where: { id } });
    expect(await host(right.hostId)).toMatchObject({ validResults: 1, invalidResults: 0 });
    expect(await host(wrong.hostId)).toMatchObject({ validResults: 0, invalidResults: 1 });
    expect(await host(lost.hostId)).toMatchObject({ validResults: 0, invalidResults: 0 });
    expect(await world.decisionKinds(study.id)).toEqual(["PUBLISHED", "CANONICAL", "FINISHED"]);
  });

  test("measurements and curves are stored as they came, a divergence's missing numbers as null", async () => {
    const world = await World.open(fresh);
    await world.publish({ sweep: tinySweep(2), quorum: 1 });
    const host = await world.host();
    const lease = await world.leaseOne(host);
    const diverged = lease.trials[1]?.id;
    const report = (trial: (typeof lease.trials)[number]) =>
      trial.id === diverged ? divergedReport(trial, 7) : honestReport(trial);
    must(await world.submit(host, lease, report));
    for (const trial of lease.trials) {
      const expected = report(trial);
      const stored = await world.database.prisma.result.findFirstOrThrow({
        where: { trialId: trial.id },
        include: { measurements: true, curves: true },
      });
      expect(stored).toMatchObject({
        outcome: expected.outcome,
        divergedAtStep: expected.divergedAtStep ?? null,
        backend: "WASM",
      });
      const byName = new Map(stored.measurements.map(({ metric, value }) => [metric, value]));
      expect(byName).toEqual(new Map(expected.metrics.map(({ name, value }) => [name, value])));
      expect(stored.curves.map(({ metric, steps, values }) => ({ name: metric, steps, values }))).toEqual(
        expected.curves ?? [],
      );
    }
  });

  test("what the experiment does not allow is refused, place by place, and loses nothing", async () => {
    const world = await World.open(fresh);
    // Points of a curve: 0, 4, 8 and 10.
    await world.publish({ sweep: tinySweep(1, { steps: 10, evalEvery: 4 }), quorum: 1 });
    const host = await world.host();
    const lease = await world.leaseOne(host);
    const [trial] = lease.trials;
    if (!trial) throw new Error("No trial.");
    const honest = honestReport(trial);
    const diverged = divergedReport(trial);
    const end = honest.metrics.find(({ name }) => name === "finalTestLoss")?.value ?? Number.NaN;
    const curve = (steps: number[], values: number[], name = "testLoss") => ({
      ...honest,
      curves: [{ name, steps, values }],
    });
    const metric = (name: string, value: number | null) => ({
      ...honest,
      metrics: [...honest.metrics.filter((one) => one.name !== name), { name, value }],
    });
    const bad: [TrialReport[], string][] = [
      [[], "not answered"],
      [[honest, honest], "answered twice"],
      [[{ ...honest, trialId: newId() }], "not part of the lease"],
      [[metric("beauty", 1)], 'no metric "beauty"'],
      [[metric("finalTestLoss", null)], "not finite"],
      [[metric("finalTestLoss", Number.NaN)], "not finite"],
      [[{ ...honest, metrics: honest.metrics.slice(1) }], "finalTrainLoss is missing"],
      [[metric("featureMovement.3", 1)], "leaves out a layer"],
      [[{ ...honest, metrics: [...honest.metrics, ...honest.metrics] }], "named twice"],
      [[curve([0, 1], [1])], "2 steps and 1 values"],
      [[curve([1, 0], [1, 1])], "do not rise"],
      [[curve([0, 0.5], [1, 1])], "do not rise"],
      [[curve([0, 1], [1, Number.POSITIVE_INFINITY])], "not finite"],
      [[curve([0], [1], "beauty")], 'no curve "beauty"'],
      [[curve([0, 1, 2, 3, 4], [1, 1, 1, 1, end])], "testLoss has more than 4 points"],
      [[curve([0, 11], [1, end])], "testLoss goes on to step 11; this trial has 10"],
      [[curve([0, 10], [1e39, end])], "not finite, in 32 bits"],
      [[curve([0, 10], [end, end * (1 + 1e-5)])], `but finalTestLoss is ${end}`],
      [[curve([], [])], `testLoss ends in nothing, but finalTestLoss is ${end}`],
      [[curve([0, 10], [1, end], "trainLoss")], `trainLoss ends in ${end}, but finalTrainLoss is`],
      [[curve([0, 10], [1, end], "featureMovement")], `featureMovement ends in ${end}, but featureMovement.1 is`],
      [[metric("stepsPerSecond", -1e39)], "stepsPerSecond is -1e+39, beyond the numbers of 32 bits"],
      [[{ ...honest, elapsedMs: -1 }], "elapsedMs"],
      [[{ ...honest, flops: Number.NaN }], "flops"],
      [[{ ...honest, divergedAtStep: 3 }], "did not diverge"],
      [[{ ...diverged, divergedAtStep: null }], "names the step"],
      [[{ ...diverged, divergedAtStep: 11 }], "from 0 to 10"],
      [[{ ...diverged, metrics: [{ name: "finalTestLoss", value: 0.5 }] }], "the run diverged: report null"],
      [[{ ...diverged, curves: [{ name: "testLoss", steps: [0, 12], values: [1, 2] }] }], "goes on to step 12"],
      [[{ ...honest, elapsedMs: 1e300 }], "elapsedMs"],
      [[{ ...failedReport(trial), error: " " }], "what went wrong"],
      [[{ ...failedReport(trial), metrics: honest.metrics }], "no metrics"],
    ];
    for (const [results, words] of bad) {
      const [outcome] = await submitResults(world.database, host, [{ ...lease, results }]);
      expect(outcome).toBeInstanceOf(InvalidInput);
      const issues = outcome instanceof InvalidInput ? outcome.issues : [];
      expect(issues.map((issue) => `${issue.path} ${issue.message}`).join("\n")).toContain(words);
    }
    expect(must(await world.submit(host, lease)).verdicts).toMatchObject([{ verdict: "VALID" }]);
  });

  test("a divergence may tell how fast it was, and what it was worth on the way", async () => {
    const world = await World.open(fresh);
    await world.publish({ sweep: tinySweep(1, { steps: 10, evalEvery: 4 }), quorum: 1 });
    const { verdicts } = await world.work(await world.host(), (trial) => ({
      ...divergedReport(trial, 9),
      metrics: [
        { name: "finalTestLoss", value: null },
        { name: "stepsPerSecond", value: 20 },
        { name: "flopsPerSecond", value: 1e9 },
      ],
      curves: [{ name: "testLoss", steps: [0, 4, 8], values: [1, 5, 3e38] }],
    }));
    expect(verdicts).toMatchObject([{ verdict: "VALID" }]);
  });

  test("a curve ends in the metric but for what 32 bits forget", async () => {
    const world = await World.open(fresh);
    await world.publish({ sweep: tinySweep(1), quorum: 1 });
    const { verdicts } = await world.work(await world.host(), (trial) => {
      const honest = honestReport(trial);
      return {
        ...honest,
        curves: honest.curves?.map((curve) => ({ ...curve, values: curve.values.map(Math.fround) })),
      };
    });
    expect(verdicts).toMatchObject([{ verdict: "VALID" }]);
  });

  test("who loses every race for a unit is told to come again, and nothing is stored", async () => {
    const world = await World.open(fresh);
    await world.publish({ sweep: tinySweep(1), quorum: 1 });
    const host = await world.host();
    const lease = await world.leaseOne(host);
    let rivals = 0;
    const watched = new WeakSet<object>();
    world.database.pool.on("acquire", (client) => {
      if (watched.has(client)) return;
      watched.add(client);
      const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
      client.query = (async (...args: unknown[]) => {
        const [first] = args;
        if (
          rivals < 20 &&
          typeof first === "object" &&
          first &&
          "text" in first &&
          first.text === writeStatement.text
        ) {
          rivals += 1;
          await query("UPDATE work_units SET version = version + 1");
        }
        return query(...args);
      }) as typeof client.query;
    });
    await expect(world.submit(host, lease)).rejects.toMatchObject({
      message: expect.stringContaining("send it again"),
      extensions: { code: "SERVICE_UNAVAILABLE" },
    });
    expect(rivals).toBe(20);
    expect(await world.database.prisma.result.count()).toBe(0);
    // The rivals are gone.
    expect(must(await world.submit(host, lease)).verdicts).toMatchObject([{ verdict: "VALID" }]);
  });

  test("nothing submitted is nothing answered", async () => {
    const world = await World.open(fresh);
    expect(await submitResults(world.database, await world.host(), [])).toEqual([]);
  });
});
