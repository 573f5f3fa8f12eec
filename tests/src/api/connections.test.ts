import { encodeGlobalId } from "@widefield/graphql/identity/global-id";
import { beforeAll, expect, test } from "vitest";
import { describeOnEachDatabase } from "../testkit/database.ts";
import { type Answer, type Api, openApi } from "./fixture/api.ts";
import { fixtureId, ids } from "./fixture/commons.ts";

interface Page {
  readonly totalCount: number;
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const resultsQuery = `query ($first: Int, $after: String, $last: Int, $before: String, $where: ResultFilter, $orderBy: ResultOrder) {
  results(first: $first, after: $after, last: $last, before: $before, where: $where, orderBy: $orderBy) {
    totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

describeOnEachDatabase("connections", (fresh) => {
  let api: Api;
  beforeAll(async () => {
    const closers: (() => Promise<void>)[] = [];
    api = await openApi(fresh, { atEnd: (close) => closers.push(close) });
    return async () => {
      for (const close of closers) await close();
    };
  });

  async function page(variables: Record<string, unknown>): Promise<Page> {
    const answer = await api.ask(resultsQuery, { where: { study: "ladder" }, ...variables });
    expect(answer.errors).toBeUndefined();
    return answer.data.results;
  }

  async function walk(variables: Record<string, unknown>, between: () => Promise<void> = async () => undefined) {
    const found: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { edges, pageInfo }: Page = await page({ first: 4, after, ...variables });
      found.push(...edges.map(({ node }) => node.id));
      if (!pageInfo.hasNextPage) return found;
      after = pageInfo.endCursor;
      await between();
    }
  }

  const orders = {
    position: { field: "POSITION" },
    "time, newest first": { field: "CREATED_AT", direction: "DESC" },
    "a param": { param: "width", direction: "DESC" },
    "a param of text": { param: "point" },
    "a metric with a null": { metric: "finalTestLoss" },
    "a metric with a null, downwards": { metric: "finalTestLoss", direction: "DESC" },
    "the time it took": { field: "ELAPSED_MS", direction: "DESC" },
  };

  test.each(Object.entries(orders))("pages by %s join to the whole, forwards and backwards", async (_name, orderBy) => {
    const whole = (await page({ orderBy, first: 100 })).edges.map(({ node }) => node.id);
    expect(new Set(whole).size).toBe(17);
    expect(await walk({ orderBy })).toEqual(whole);
    const backwards: string[] = [];
    let before: string | null = null;
    for (;;) {
      const { edges, pageInfo }: Page = await page({ orderBy, last: 5, before });
      backwards.unshift(...edges.map(({ node }) => node.id));
      if (!pageInfo.hasPreviousPage) break;
      before = pageInfo.startCursor;
    }
    expect(backwards).toEqual(whole);
  });

  test("a null comes last in both directions", async () => {
    for (const direction of ["ASC", "DESC"]) {
      const { edges } = await page({ orderBy: { metric: "finalTestLoss", direction }, first: 100 });
      expect(edges.at(-1)?.node.id).toBe(encodeGlobalId("Result", fixtureId(8, 30)));
    }
  });

  test("rows that arrive while paging shift nothing: each old row is seen exactly once", async () => {
    const orderBy = { field: "CREATED_AT", direction: "DESC" };
    const where = { study: "ladder", verdict: ["PENDING", "VALID", "INCONCLUSIVE"] };
    const before = (await page({ orderBy, where, first: 100 })).edges.map(({ node }) => node.id);
    let arrivals = 0;
    const seen = await walk({ orderBy, where }, async () => {
      // Newer than everything: by offset, each would push a row that was seen onto the next page.
      await api.database.prisma.result.create({
        data: {
          id: fixtureId(9, arrivals),
          trialId: fixtureId(6, 19 + arrivals),
          leaseId: fixtureId(5, 4),
          unitId: fixtureId(4, 2),
          studyId: ids.ladder,
          hostId: ids.adasHost,
          volunteerId: ids.ada,
          backend: "WEBGPU",
          numericsClass: "x",
          outcome: "SUCCEEDED",
          elapsedMs: 1,
          flops: 1,
          createdAt: new Date(Date.UTC(2026, 1, 28, 0, 0, arrivals)),
        },
      });
      if (arrivals < 4) arrivals += 1;
      else await api.database.prisma.result.delete({ where: { id: fixtureId(9, arrivals) } });
    });
    await api.database.prisma.result.deleteMany({ where: { id: { in: [0, 1, 2, 3, 4].map((n) => fixtureId(9, n)) } } });
    expect(arrivals).toBe(4);
    expect(seen).toEqual(before);
  });

  test("a snapshot is what readers saw at that revision, whatever was decided since", async () => {
    const at = async (asOf: number) => (await page({ where: { study: "ladder", asOf }, first: 100 })).totalCount;
    expect([await at(0), await at(1), await at(2), await at(18), await at(19)]).toEqual([0, 0, 1, 17, 17]);
  });

  const refused: Record<string, [Record<string, unknown>, RegExp]> = {
    "a cursor of nobody": [{ after: "bm9ib2R5" }, /cursor given as "after" is not one of this API/],
    "a negative page": [{ first: -1 }, /cannot be negative/],
    "first and last at once": [{ first: 1, last: 1 }, /not both/],
    "two orderings at once": [{ orderBy: { field: "POSITION", metric: "finalTestLoss" } }, /exactly one of/],
    "no ordering at all": [{ orderBy: { direction: "DESC" } }, /exactly one of/],
    "an unknown study": [{ where: { study: "nowhere" } }, /no study "nowhere"/],
    "somebody's draft": [{ where: { study: "draft" } }, /no study "draft"/],
    "an unknown param": [
      { where: { study: "ladder", params: [{ param: "widht", gte: 1 }] } },
      /has no param "widht".*width/,
    ],
    "an unknown metric": [
      { where: { study: "ladder", metrics: [{ metric: "los", gte: 1 }] } },
      /reports no metric "los".*finalTestLoss/,
    ],
    "an unknown experiment": [{ where: { experiment: "nope@1" } }, /no experiment "nope@1"/],
    "a param without a condition": [
      { where: { study: "ladder", params: [{ param: "width" }] } },
      /Say what "width" should be/,
    ],
    "a metric without a condition": [{ where: { metrics: [{ metric: "x" }] } }, /Say what "x" should be/],
    "an empty path": [{ where: { params: [{ param: "a..b", equals: 1 }] } }, /not a path into params/],
    "a host that is none": [{ where: { host: encodeGlobalId("Study", ids.ladder) } }, /takes the id of a Host/],
    "a snapshot of nothing": [{ where: { asOf: 1 } }, /revision of one study/],
    "a snapshot of the future": [{ where: { study: "ladder", asOf: 99 } }, /there is no revision 99/],
    "a snapshot of replicas": [{ where: { study: "ladder", asOf: 2, verdict: ["VALID"] } }, /leave "verdict" out/],
    "a character that Postgres has not": [
      { where: { study: "ladder", params: [{ param: "point", equals: "\0" }] } },
      /U\+0000/,
    ],
  };

  test.each(Object.entries(refused))("%s is refused in words", async (_name, [variables, message]) => {
    const answer = await api.ask(resultsQuery, { where: { study: "ladder" }, ...variables });
    expect(answer.errors?.[0]?.message).toMatch(message);
    expect(answer.errors?.[0]?.extensions?.code).toBe("BAD_USER_INPUT");
  });

  test("a cursor of another ordering is refused", async () => {
    const { pageInfo } = await page({ first: 1 });
    const answer = await api.ask(resultsQuery, { after: pageInfo.endCursor, orderBy: { metric: "finalTestLoss" } });
    expect(answer.errors?.[0]?.message).toMatch(/another ordering/);
  });

  test("a forged cursor reaches no cast", async () => {
    const forge = (tag: string, key: unknown) =>
      Buffer.from(JSON.stringify([tag, key, fixtureId(8, 0)])).toString("base64url");
    const cases: [Record<string, unknown>, string, unknown][] = [
      [{ field: "POSITION" }, "POSITION ASC", "1; DROP TABLE results"],
      [{ field: "CREATED_AT" }, "CREATED_AT ASC", "yesterday"],
      [{ metric: "finalTestLoss" }, "metric finalTestLoss ASC", "many"],
      [{ param: "width" }, "param width ASC", "{"],
      [{ param: "width" }, "param width ASC", '"\\u0000"'],
      [{ field: "POSITION" }, "POSITION ASC", { a: 1 }],
    ];
    for (const [orderBy, tag, key] of cases) {
      const answer = await api.ask(resultsQuery, { where: { study: "ladder" }, orderBy, after: forge(tag, key) });
      expect(answer.errors?.[0]?.message).toMatch(/not one of this API/);
    }
  });

  const hostile = [
    `width' OR '1'='1`,
    `width"; DROP TABLE trials; --`,
    `width}'::text[]) OR true --`,
    `\\'; SELECT pg_sleep(5) --`,
    `$1`,
    `{"a":1}`,
    `width,height`,
  ];

  test.each(hostile)("a path into params is data, never SQL: %s", async (param) => {
    const answers: Answer[] = [
      await api.ask(resultsQuery, { where: { params: [{ param, equals: 1 }] } }),
      await api.ask(resultsQuery, { where: { params: [{ param, gte: 1 }] } }),
      await api.ask(resultsQuery, { orderBy: { param }, first: 1 }),
      await api.ask(resultsQuery, { orderBy: { metric: param }, first: 1 }),
      await api.ask(resultsQuery, { where: { metrics: [{ metric: param, gt: 0 }] } }),
      await api.ask(`query ($by: [String!]!) { resultGroups(groupBy: $by, metrics: $by) { count } }`, { by: [param] }),
    ];
    for (const { errors } of answers) expect(errors).toBeUndefined();
    // No trial has such a param: every filter finds nothing, every ordering everything, in one group.
    expect(answers.map(({ data }) => data.results?.totalCount ?? data.resultGroups[0].count)).toEqual([
      0, 0, 17, 17, 0, 17,
    ]);
    expect(await api.database.prisma.trial.count()).toBe(26);
  });
});
