import { InvalidInput, NotAllowed, NotFound, StudyNotActive } from "@widefield/graphql/failure/failure";
import { quoteSweep } from "@widefield/graphql/quote/quote-sweep";
import { createStudy } from "@widefield/graphql/study/create-study";
import { pauseStudy, resumeStudy } from "@widefield/graphql/study/pause-study";
import { extendStudy, publishStudy } from "@widefield/graphql/study/publish-study";
import { newId } from "@widefield/prisma/new-id";
import { expect, test } from "vitest";
import { describeOnEachDatabase } from "../testkit/database.ts";
import { honestReport } from "./testkit/report.ts";
import { must, tinySweep, World } from "./testkit/world.ts";

describeOnEachDatabase("a study", (fresh) => {
  test("is a draft first, and publishing expands it into trials and units in the order of its axes", async () => {
    const world = await World.open(fresh);
    const sweep = { fixed: { depth: 1, steps: 10 }, axes: { width: [16, 8], learningRate: [1, 0.1] }, seeds: 3 };
    const draft = await world.draft({ title: "Width & rate", sweep });
    expect(draft).toMatchObject({ slug: "width-rate", state: "DRAFT", trialCount: 0, quorum: 2, maxResults: 5 });
    expect(await world.units(draft.id)).toEqual([]);
    const study = must(await publishStudy(world.database, world.author, draft.id));
    expect(study).toMatchObject({
      state: "ACTIVE",
      trialCount: 12,
      decidedCount: 0,
      revision: 1,
      digest: draft.digest,
    });
    const trials = await world.trials(study.id);
    const params = trials.map((trial) => trial.params as { width: number; learningRate: number });
    expect(params.map(({ width, learningRate }) => `${width} ${learningRate}`)).toEqual(
      ["16 1", "16 0.1", "8 1", "8 0.1"].flatMap((cell) => [cell, cell, cell]),
    );
    // Learning rates of one width share a program.
    expect((await world.units(study.id)).map((unit) => [unit.trialCount, unit.openSlots, unit.wanted])).toEqual([
      [6, 2, 2],
      [6, 2, 2],
    ]);
    expect(study.flops).toBeCloseTo(
      trials.reduce((sum, trial) => sum + trial.flops, 0),
      0,
    );
  });

  test("is published once, however often and at whatever moment it is asked for", async () => {
    const world = await World.open(fresh);
    const draft = await world.draft();
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => publishStudy(world.database, world.author, draft.id)),
    );
    for (const answer of answers) expect(must(answer)).toMatchObject({ state: "ACTIVE", trialCount: 2, revision: 1 });
    expect((await world.trials(draft.id)).length).toBe(2);
  });

  test("with a slug that is taken is refused; one made from the title gives way", async () => {
    const world = await World.open(fresh);
    await world.draft({ title: "Twice" });
    expect((await world.draft({ title: "Twice" })).slug).toMatch(/^twice-[0-9a-f]{6}$/);
    const taken = await createStudy(world.database, world.author, {
      slug: "twice",
      title: "Twice",
      question: "Again?",
      experiment: "feature-learning.mlp",
      sweep: tinySweep(1),
    });
    expect(taken).toBeInstanceOf(InvalidInput);
    expect(taken).toMatchObject({ issues: [{ path: "slug" }] });
  });

  test("that cannot be is refused with all that is wrong", async () => {
    const world = await World.open(fresh);
    const ask = (input: Record<string, unknown>) =>
      createStudy(world.database, world.author, {
        title: "T",
        question: "Does it?",
        experiment: "feature-learning.mlp",
        sweep: { axes: { width: [0] } },
        ...input,
      });
    const refused = await ask({ quorum: 9, license: "do what you like" });
    expect(refused).toBeInstanceOf(InvalidInput);
    const paths = refused instanceof InvalidInput ? refused.issues.map((issue) => issue.path) : [];
    expect(paths.sort()).toEqual(["license", "quorum", "sweep.axes.width", "title"]);
    const unknown = await ask({ title: "A title", experiment: "none" });
    expect(unknown).toBeInstanceOf(NotFound);
    expect(unknown).toMatchObject({ message: expect.stringContaining("feature-learning.mlp@1") });
    expect(await world.database.prisma.study.count()).toBe(0);
  });

  test("is its author's: a stranger's draft does not exist, a stranger's study cannot be changed", async () => {
    const world = await World.open(fresh);
    const draft = await world.draft();
    const stranger = await world.host();
    expect(await publishStudy(world.database, stranger, draft.id)).toBeInstanceOf(NotFound);
    expect(await publishStudy(world.database, world.author, newId())).toBeInstanceOf(NotFound);
    must(await publishStudy(world.database, world.author, draft.id));
    expect(await pauseStudy(world.database, stranger, draft.id)).toBeInstanceOf(NotAllowed);
    expect(await extendStudy(world.database, stranger, draft.id, tinySweep(3))).toBeInstanceOf(NotAllowed);
    const operator = await world.host({ trusted: true });
    expect(must(await pauseStudy(world.database, operator, draft.id)).state).toBe("PAUSED");
  });

  test("pauses and resumes, each once; a draft or a finished study does neither", async () => {
    const world = await World.open(fresh);
    const draft = await world.draft({ sweep: tinySweep(1), quorum: 1 });
    expect(await pauseStudy(world.database, world.author, draft.id)).toBeInstanceOf(StudyNotActive);
    must(await publishStudy(world.database, world.author, draft.id));
    for (const turn of [pauseStudy, pauseStudy, resumeStudy, resumeStudy])
      must(await turn(world.database, world.author, draft.id));
    await world.work(await world.host());
    expect(await resumeStudy(world.database, world.author, draft.id)).toMatchObject({ state: "FINISHED" });
    expect(await pauseStudy(world.database, world.author, draft.id)).toBeInstanceOf(StudyNotActive);
    expect(await world.decisionKinds(draft.id)).toEqual(["PUBLISHED", "PAUSED", "RESUMED", "CANONICAL", "FINISHED"]);
  });

  test("is extended by what is new; cells that it has are left alone; a finished one is active again", async () => {
    const world = await World.open(fresh);
    const study = await world.publish({ sweep: tinySweep(2), quorum: 1 });
    await world.work(await world.host());
    expect((await world.study(study.id)).state).toBe("FINISHED");
    const before = await world.trials(study.id);
    const extended = must(await extendStudy(world.database, world.author, study.id, tinySweep(4)));
    expect(extended).toMatchObject({ state: "ACTIVE", trialCount: 4, decidedCount: 2, finishedAt: null });
    expect(extended.digest).not.toBe(study.digest);
    const after = await world.trials(study.id);
    expect(after.slice(0, 2)).toEqual(before);
    expect(after.slice(2)).toMatchObject([
      { seed: 2, position: 2, state: "PENDING" },
      { seed: 3, position: 3, state: "PENDING" },
    ]);
    const again = must(await extendStudy(world.database, world.author, study.id, tinySweep(4)));
    expect(again).toEqual(extended);
    await world.work(await world.host());
    expect(await world.decisionKinds(study.id)).toEqual([
      "PUBLISHED",
      "CANONICAL",
      "CANONICAL",
      "FINISHED",
      "EXTENDED",
      "CANONICAL",
      "CANONICAL",
      "FINISHED",
    ]);
    expect(await extendStudy(world.database, world.author, study.id, { seeds: 0 })).toBeInstanceOf(InvalidInput);
  });

  test("adopts at publication what another study knows, and computes only the rest", async () => {
    const world = await World.open(fresh);
    const first = await world.publish({ title: "First", sweep: tinySweep(2), quorum: 1 });
    await world.work(await world.host({ trusted: true }));
    const known = await world.trials(first.id);
    expect(await quoteSweep(world.database, "feature-learning.mlp", tinySweep(3))).toMatchObject({
      trials: 3,
      adoptable: 2,
      workUnits: 1,
    });
    const second = await world.publish({ title: "Second", sweep: tinySweep(3), quorum: 3 });
    expect(second).toMatchObject({ state: "ACTIVE", decidedCount: 2, revision: 3 });
    expect(await world.trials(second.id)).toMatchObject([
      {
        state: "VALID",
        adopted: true,
        canonicalResultId: known[0]?.canonicalResultId,
        decidedRevision: 2,
        unitId: null,
      },
      {
        state: "VALID",
        adopted: true,
        canonicalResultId: known[1]?.canonicalResultId,
        decidedRevision: 3,
        unitId: null,
      },
      { state: "PENDING", adopted: false },
    ]);
    expect((await world.units(second.id)).map((unit) => unit.trialCount)).toEqual([1]);
    const third = await world.publish({ title: "Third", sweep: tinySweep(2) });
    expect(third).toMatchObject({ state: "FINISHED", revision: 4 });
    expect(await world.decisionKinds(third.id)).toEqual(["PUBLISHED", "ADOPTED", "ADOPTED", "FINISHED"]);
  });

  test("adopts when another study decides, in the same moment; its own replicas are held against that answer", async () => {
    const world = await World.open(fresh);
    const slow = await world.publish({ title: "Slow", sweep: tinySweep(2), quorum: 3 });
    const [honest, wrong, other] = [await world.host(), await world.host(), await world.host()];
    for (const host of [honest, wrong]) {
      const lease = await world.leaseOne(host, { study: slow.slug });
      must(await world.submit(host, lease, (trial) => honestReport(trial, host === wrong ? 4 : 0)));
    }
    const quick = await world.publish({ title: "Quick", sweep: tinySweep(1), quorum: 1 });
    const underWay = await world.leaseOne(other, { study: slow.slug });
    const last = await world.host({ trusted: true });
    must(await world.submit(last, await world.leaseOne(last, { study: quick.slug })));

    const [adopted, pending] = await world.trials(slow.id);
    const [source] = await world.trials(quick.id);
    expect(adopted).toMatchObject({
      state: "VALID",
      adopted: true,
      canonicalResultId: source?.canonicalResultId,
      decidedRevision: 2,
    });
    expect(pending).toMatchObject({ state: "PENDING", wanted: 2 });
    const verdicts = await world.database.prisma.result.findMany({
      where: { trialId: adopted?.id ?? "" },
      orderBy: { id: "asc" },
    });
    expect(verdicts.map((result) => result.verdict)).toEqual(["VALID", "INVALID"]);
    // The unit still wants what its other trial wants: two, one of which is out.
    expect(await world.units(slow.id)).toMatchObject([{ wanted: 2, activeLeases: 1, openSlots: 1, state: "OPEN" }]);
    expect(must(await world.submit(other, underWay)).verdicts).toMatchObject([
      { verdict: "LATE" },
      { verdict: "PENDING" },
    ]);
  });

  test("that missed an answer while it was being published adopts it with its first result", async () => {
    const world = await World.open(fresh);
    const first = await world.publish({ title: "First", sweep: tinySweep(1), quorum: 1 });
    const second = await world.publish({ title: "Second", sweep: tinySweep(1), quorum: 3 });
    const host = await world.host({ trusted: true });
    const lease = await world.leaseOne(host, { study: first.slug });
    // As if the second study had not been visible yet to the one who decided the first.
    await world.database.pool.query("UPDATE trials SET digest = 'hidden' WHERE study_id = $1", [second.id]);
    must(await world.submit(host, lease));
    await world.database.pool.query(
      "UPDATE trials t SET digest = o.digest FROM trials o WHERE t.digest = 'hidden' AND o.study_id = $1",
      [first.id],
    );
    const other = await world.host();
    const late = must(await world.submit(other, await world.leaseOne(other)));
    expect(late.verdicts).toMatchObject([{ verdict: "LATE", trialState: "VALID" }]);
    expect(await world.decisionKinds(second.id)).toEqual(["PUBLISHED", "ADOPTED", "FINISHED"]);
  });

  test("takes over no answer on which fewer had to agree, neither at publication nor later", async () => {
    const world = await World.open(fresh);
    const careful = await world.publish({ title: "Careful", sweep: tinySweep(1), quorum: 2 });
    const credulous = await world.publish({ title: "Credulous", sweep: tinySweep(1), quorum: 1 });
    const [liar, ...honest] = [await world.host(), await world.host(), await world.host()];
    const lease = await world.leaseOne(liar, { study: credulous.slug });
    must(await world.submit(liar, lease, (trial) => honestReport(trial, 4)));
    expect(await world.trials(credulous.id)).toMatchObject([{ state: "VALID" }]);
    expect(await world.trials(careful.id)).toMatchObject([{ state: "PENDING", wanted: 2 }]);

    const quote = await quoteSweep(world.database, "feature-learning.mlp", tinySweep(1), 2);
    expect(quote).toMatchObject({ adoptable: 0, workUnits: 1 });
    const later = await world.publish({ title: "Later", sweep: tinySweep(1), quorum: 2 });
    expect(await world.trials(later.id)).toMatchObject([{ state: "PENDING", adopted: false }]);

    for (const host of honest) must(await world.submit(host, await world.leaseOne(host, { study: careful.slug })));
    expect(await world.decisionKinds(careful.id)).toEqual(["PUBLISHED", "CANONICAL", "FINISHED"]);
    expect(await world.decisionKinds(later.id)).toEqual(["PUBLISHED", "ADOPTED", "FINISHED"]);
  });

  test("of twenty thousand trials is published in seconds", async () => {
    const world = await World.open(fresh);
    const sweep = {
      fixed: { depth: 1, steps: 10 },
      axes: { learningRate: { geometric: { from: 0.001, to: 1, count: 200 } } },
      seeds: 100,
    };
    const study = await world.publish({ sweep });
    expect(study).toMatchObject({ trialCount: 20_000, state: "ACTIVE" });
    // maxPack is 32.
    expect((await world.units(study.id)).length).toBe(20_000 / 32);
  });
});
