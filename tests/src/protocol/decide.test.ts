import { agrees } from "@widefield/graphql/decision/agreement";
import { decide, type Policy, type Replica } from "@widefield/graphql/decision/decide";
import { policyOf } from "@widefield/graphql/study/study-policy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mlp } from "./testkit/report.ts";

const definition = mlp();

/** Answers cluster around a few values, so that they agree, nearly agree and disagree; the metric's tolerance is 2e-3 + 2 %. */
const replica = fc.record({
  outcome: fc.constantFrom("SUCCEEDED" as const, "SUCCEEDED" as const, "DIVERGED" as const, "FAILED" as const),
  value: fc.constantFrom(1, 1.015, 1.03, 2),
  step: fc.constantFrom(0, 100, 130, 5000),
});
const replicas = fc
  .array(replica, { maxLength: 9 })
  .map((some) => some.map((one, at): Replica => make(`r${at}`, one.outcome, one.value, one.step)));
const policies = fc.integer({ min: 1, max: 5 }).map(policyOf);

function make(id: string, outcome: Replica["outcome"], value = 1, step = 100, trusted = false): Replica {
  const metrics: Record<string, number> = outcome === "SUCCEEDED" ? { finalTestLoss: value } : {};
  return { id, outcome, trusted, divergedAtStep: outcome === "DIVERGED" ? step : null, metrics };
}

const two: Policy = { quorum: 2, maxResults: 5, maxFailures: 3 };

describe("replicas of one trial", () => {
  test("the decision does not depend on the order in which they are given", () => {
    fc.assert(
      fc.property(replicas, policies, fc.infiniteStream(fc.nat()), (some, policy, keys) => {
        const shuffled = some
          .map((one) => ({ one, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(decide(definition, shuffled, policy)).toEqual(decide(definition, some, policy));
      }),
    );
  });

  test("the canonical answer is supported by a quorum, and every verdict follows from it", () => {
    fc.assert(
      fc.property(replicas, policies, (some, policy) => {
        const decision = decide(definition, some, policy);
        if (decision.state !== "VALID") return;
        const canonical = some.find((one) => one.id === decision.canonicalId);
        if (!canonical) throw new Error("The canonical answer is none of the replicas.");
        const agreeing = some.filter((one) => one === canonical || agrees(definition, canonical, one));
        expect(agreeing.length).toBeGreaterThanOrEqual(policy.quorum);
        for (const one of some) {
          const expected = one.outcome === "FAILED" ? "INCONCLUSIVE" : agreeing.includes(one) ? "VALID" : "INVALID";
          expect(decision.verdicts[one.id]).toBe(expected);
        }
      }),
    );
  });

  test("a waiting trial wants as many as could complete it, and never more than its limits allow", () => {
    fc.assert(
      fc.property(replicas, policies, (some, policy) => {
        const decision = decide(definition, some, policy);
        const votes = some.filter((one) => one.outcome !== "FAILED").length;
        if (decision.state !== "PENDING") return;
        expect(some.length - votes).toBeLessThan(policy.maxFailures);
        expect(decision.wanted).toBeGreaterThanOrEqual(1);
        expect(decision.wanted).toBeLessThanOrEqual(policy.quorum);
        expect(votes + decision.wanted).toBeLessThanOrEqual(policy.maxResults);
      }),
    );
  });

  test("it ends: answers up to the limit always decide, whatever they say", () => {
    fc.assert(
      fc.property(fc.array(replica, { minLength: 16, maxLength: 16 }), policies, (some, policy) => {
        const all = some.map((one, at) => make(`r${at}`, one.outcome, one.value, one.step));
        const decided = all.map((_, at) => decide(definition, all.slice(0, at + 1), policy).state);
        expect(decided.some((state) => state !== "PENDING")).toBe(true);
      }),
    );
  });

  test("agreement is symmetric, and a failure agrees with nothing", () => {
    fc.assert(
      fc.property(replicas, (some) => {
        for (const a of some) {
          for (const b of some) {
            expect(agrees(definition, a, b)).toBe(agrees(definition, b, a));
            if (a.outcome === "FAILED") expect(agrees(definition, a, b)).toBe(false);
          }
        }
      }),
    );
  });

  test("agreement is not transitive, so support is counted around one answer", () => {
    // 1 and 1.03 differ by more than 2 % + 2e-3; 1.015 agrees with both.
    const three = [make("a", "SUCCEEDED", 1), make("b", "SUCCEEDED", 1.03), make("c", "SUCCEEDED", 1.015)];
    expect(decide(definition, three.slice(0, 2), two)).toEqual({ state: "PENDING", wanted: 1 });
    expect(decide(definition, three, policyOf(3))).toMatchObject({ state: "VALID", canonicalId: "c" });
  });

  test("of equally supported answers the oldest is canonical", () => {
    const four = [
      make("a", "SUCCEEDED", 2),
      make("b", "SUCCEEDED", 1),
      make("c", "SUCCEEDED", 1),
      make("d", "SUCCEEDED", 2),
    ];
    expect(decide(definition, four, two)).toMatchObject({ state: "VALID", canonicalId: "a" });
  });

  test.each([
    [100, 109, true],
    [0, 10, true],
    [0, 11, false],
    [100, 200, true],
    [100, 201, false],
  ])("divergences at steps %d and %d agree: %s", (a, b, same) => {
    expect(agrees(definition, make("a", "DIVERGED", 1, a), make("b", "DIVERGED", 1, b))).toBe(same);
  });

  test("a trusted answer decides alone, and the oldest of several does", () => {
    const trusted = make("b", "SUCCEEDED", 2, 0, true);
    const decision = decide(definition, [make("a", "SUCCEEDED", 1), trusted, make("c", "SUCCEEDED", 1)], policyOf(3));
    expect(decision).toEqual({
      state: "VALID",
      canonicalId: "b",
      verdicts: { a: "INVALID", b: "VALID", c: "INVALID" },
    });
  });

  test("a trusted failure is one failure among others, and no answer", () => {
    const failed = make("a", "FAILED", 1, 0, true);
    expect(decide(definition, [failed], two)).toEqual({ state: "PENDING", wanted: 2 });
    const trusted = make("b", "SUCCEEDED", 1, 0, true);
    expect(decide(definition, [failed, trusted], two)).toMatchObject({ state: "VALID", canonicalId: "b" });
    const strangers = [make("b", "FAILED"), make("c", "FAILED")];
    expect(decide(definition, [failed, ...strangers], two)).toMatchObject({ state: "FAILED" });
  });

  test("failures count apart from answers", () => {
    const failures = ["a", "b"].map((id) => make(id, "FAILED"));
    expect(decide(definition, failures, two)).toEqual({ state: "PENDING", wanted: 2 });
    expect(decide(definition, [...failures, make("c", "SUCCEEDED")], two)).toEqual({ state: "PENDING", wanted: 1 });
    expect(decide(definition, [...failures, make("c", "FAILED")], two)).toMatchObject({ state: "FAILED" });
  });
});
