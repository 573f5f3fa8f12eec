import { deadlinesFor, leaseTerms } from "@widefield/graphql/lease/deadlines";
import { drawStudies, overheadSeconds } from "@widefield/graphql/lease/lottery";
import { noFloor, SearchFloors } from "@widefield/graphql/lease/search-floor";
import { expandSweep } from "@widefield/graphql/sweep/expand-sweep";
import { packTrials } from "@widefield/graphql/sweep/pack-trials";
import { fitsMemory, splitPack } from "@widefield/graphql/work-unit/split-pack";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seeded } from "./testkit/random.ts";
import { mlp } from "./testkit/report.ts";

describe("the lottery between studies", () => {
  test("gives every study the same computing time in the long run", () => {
    const entrants = [
      { studyId: "short", unitFlops: 1e9 },
      { studyId: "long", unitFlops: 3e10 },
      { studyId: "longer", unitFlops: 1e11 },
    ];
    const speed = 1e9;
    const drawn = drawStudies(entrants, 200_000, speed, seeded(1));
    const seconds = entrants.map(
      ({ studyId, unitFlops }) => (drawn.get(studyId) ?? 0) * (overheadSeconds + unitFlops / speed),
    );
    const mean = seconds.reduce((sum, one) => sum + one, 0) / seconds.length;
    // 200,000 draws; the rarest study is drawn some 5,000 times, so its share is known to 1.4 % (one standard deviation).
    for (const one of seconds) expect(Math.abs(one / mean - 1)).toBeLessThan(0.06);
  });

  test("draws exactly as many as asked for, from those who entered", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 1e15, noNaN: true }), { maxLength: 20 }),
        fc.integer({ min: 0, max: 64 }),
        fc.integer(),
        (sizes, count, seed) => {
          const entrants = sizes.map((unitFlops, at) => ({ studyId: `s${at}`, unitFlops }));
          const drawn = drawStudies(entrants, count, 1e9, seeded(seed));
          const total = [...drawn.values()].reduce((sum, one) => sum + one, 0);
          expect(total).toBe(entrants.length === 0 ? 0 : count);
          for (const id of drawn.keys()) expect(entrants.some((entrant) => entrant.studyId === id)).toBe(true);
        },
      ),
    );
  });

  test("a random number of almost 1 still draws somebody", () => {
    const entrants = [0.1, 0.2, 0.3].map((unitFlops, at) => ({ studyId: `s${at}`, unitFlops }));
    expect([...drawStudies(entrants, 1, 1, () => 1 - 2 ** -53).keys()]).toEqual(["s2"]);
  });
});

test("deadlines grow with the time a unit takes, refusal comes after reissue, and both are bounded", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      fc.double({ min: 0, max: 1e6, noNaN: true }),
      (seconds, more) => {
        const [less, later] = [deadlinesFor(seconds), deadlinesFor(seconds + more)];
        expect(later.reissueSeconds).toBeGreaterThanOrEqual(less.reissueSeconds);
        expect(less.refuseSeconds).toBe(leaseTerms.refusalFactor * less.reissueSeconds);
        expect(less.reissueSeconds).toBeGreaterThanOrEqual(leaseTerms.leastSeconds);
        expect(less.reissueSeconds).toBeLessThanOrEqual(leaseTerms.mostSeconds);
      },
    ),
  );
});

describe("packs", () => {
  const read = expandSweep(mlp(), {
    fixed: { steps: 10 },
    axes: { width: [8, 64, 512], learningRate: [0.1, 1] },
    seeds: 20,
  });
  if (!read.ok) throw new Error("The sweep is wrong.");
  const { trials } = read;

  test("hold every trial once, of one shape, within the experiment's limit and the target cost", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e5, max: 1e12, noNaN: true }), (maxFlops) => {
        const packs = packTrials(mlp(), trials, maxFlops);
        expect(packs.flatMap((pack) => pack.trials.map((trial) => trial.digest)).sort()).toEqual(
          trials.map((trial) => trial.digest).sort(),
        );
        for (const pack of packs) {
          expect(pack.trials.length).toBeLessThanOrEqual(mlp().maxPack);
          expect(new Set(pack.trials.map((trial) => mlp().packKey(trial.params)))).toEqual(new Set([pack.key]));
          if (pack.trials.length > 1) expect(pack.cost.flops).toBeLessThanOrEqual(maxFlops * (1 + 1e-9));
        }
      }),
      { numRuns: 30 },
    );
  });

  test("split into equal parts that fit, without losing a trial", () => {
    const [pack] = packTrials(mlp(), trials, 1e15);
    if (!pack) throw new Error("No pack.");
    fc.assert(
      fc.property(fc.double({ min: 1, max: pack.cost.flops * 2, noNaN: true }), (flops) => {
        const room = { flops, memoryBytes: 1e12, maxBufferBytes: 1e12 };
        const parts = splitPack(mlp(), pack.trials, room);
        if (pack.cost.flops <= flops) expect(parts).toBeNull();
        else {
          expect(parts?.flatMap((part) => part.trials)).toEqual(pack.trials);
          for (const part of parts ?? [])
            if (part.trials.length > 1) expect(part.cost.flops).toBeLessThanOrEqual(flops);
        }
      }),
    );
  });

  test("are split for a small memory, and given up when a single trial does not fit", () => {
    const [pack] = packTrials(mlp(), trials, 1e15);
    if (!pack) throw new Error("No pack.");
    const room = { flops: 1e18, memoryBytes: pack.cost.peakBytes / 2, maxBufferBytes: 1e12 };
    const parts = splitPack(mlp(), pack.trials, room);
    expect(parts?.length).toBeGreaterThan(1);
    for (const part of parts ?? []) expect(fitsMemory(part.cost, room)).toBe(true);
    expect(splitPack(mlp(), pack.trials, { ...room, memoryBytes: 1 })).toBeNull();
  });
});

test("a search begins behind what the volunteer has had, for a while", () => {
  const floors = new SearchFloors();
  expect(floors.get("v", "s", 0)).toBe(noFloor);
  floors.raise("v", "s", { flops: 5, id: "b" }, 0);
  floors.raise("v", "s", { flops: 5, id: "a" }, 10_000);
  expect(floors.get("v", "s", 10_000)).toMatchObject({ flops: 5, id: "b" });
  expect(floors.get("w", "s", 10_000)).toBe(noFloor);
  // Raising it does not make it last.
  floors.raise("v", "s", { flops: 6, id: "a" }, 14_999);
  expect(floors.get("v", "s", 15_001)).toBe(noFloor);
});
