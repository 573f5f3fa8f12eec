import { encodeGlobalId } from "@widefield/graphql/identity/global-id";
import { beforeEach, expect, test } from "vitest";
import { describeOnEachDatabase } from "../testkit/database.ts";
import { type Api, openApi } from "./fixture/api.ts";
import { fixtureId, tokens } from "./fixture/commons.ts";

/** Ada's answer to a trial that waits for a second one. */
const waiting = { id: fixtureId(8, 36), trial: fixtureId(6, 18), digest: (18).toString(16).padStart(64, "0") };
const found = `divergedAtStep metrics { name value } curves { name values }`;
const readers = { "a stranger": undefined, "another volunteer": tokens.ben };

describeOnEachDatabase("a replica whose trial is not decided", (fresh) => {
  let api: Api;
  beforeEach(async () => {
    api = await openApi(fresh);
    // A step as well, so that there is one to keep.
    await api.database.prisma.result.update({ where: { id: waiting.id }, data: { divergedAtStep: 7 } });
  });

  /** What each way of reading says that the replica found. */
  async function everyWay(token: string | undefined): Promise<Record<string, unknown>> {
    const answer = await api.ask(
      `query ($digest: String!, $id: ID!) {
        results(first: 2, where: { study: "ladder", verdict: [PENDING] }) { nodes { ${found} } }
        study(slug: "ladder") {
          results(first: 2, where: { verdict: [PENDING] }) { nodes { ${found} } }
          trials(first: 1, where: { digest: [$digest] }) { nodes { replicas { ${found} } } }
        }
        node(id: $id) { ... on Result { ${found} } }
        nodes(ids: [$id]) { ... on Result { ${found} } } }`,
      { digest: waiting.digest, id: encodeGlobalId("Result", waiting.id) },
      token,
    );
    expect(answer.errors).toBeUndefined();
    const { results, study, node, nodes } = answer.data;
    return {
      results: results.nodes,
      "results of the study": study.results.nodes,
      replicas: study.trials.nodes[0].replicas,
      node: [node],
      nodes,
    };
  }

  test.each(Object.entries(readers))("shows %s nothing of what it found, by whatever way", async (_who, token) => {
    for (const [way, read] of Object.entries(await everyWay(token))) {
      expect(read, way).toEqual([{ divergedAtStep: null, metrics: [], curves: [] }]);
    }
  });

  test("shows its own volunteer everything", async () => {
    for (const [way, read] of Object.entries(await everyWay(tokens.ada))) {
      expect(read, way).toEqual([
        {
          divergedAtStep: 7,
          metrics: [
            { name: "finalTestLoss", value: expect.any(Number) },
            { name: "finalTrainLoss", value: expect.any(Number) },
          ],
          curves: [{ name: "trainLoss", values: [1, expect.any(Number), expect.any(Number)] }],
        },
      ]);
    }
  });

  test("is there for everybody: who reported it, when, and that it waits", async () => {
    const { data } = await api.ask(
      `query ($id: ID!) { node(id: $id) { ... on Result { id verdict host { name } volunteer { name } createdAt seed } } }`,
      { id: encodeGlobalId("Result", waiting.id) },
    );
    expect(data.node).toMatchObject({ verdict: "PENDING", host: { name: "Ada's laptop" }, volunteer: { name: "Ada" } });
  });

  test("is open to everybody once it is decided", async () => {
    await api.database.prisma.result.update({ where: { id: waiting.id }, data: { verdict: "VALID" } });
    const { data } = await api.ask(`query ($id: ID!) { node(id: $id) { ... on Result { ${found} } } }`, {
      id: encodeGlobalId("Result", waiting.id),
    });
    expect(data.node).toMatchObject({ divergedAtStep: 7, metrics: [{}, {}], curves: [{}] });
  });

  test("is not found by what it found: a filter would tell its numbers by halving", async () => {
    const query = `query ($where: ResultFilter) { results(where: $where) { totalCount }
      study(slug: "ladder") { results(where: $where) { totalCount } } }`;
    const asked = async (condition: object, token?: string) => {
      const where = { study: "ladder", verdict: ["PENDING"], metrics: [{ metric: "finalTestLoss", ...condition }] };
      const { data } = await api.ask(query, { where }, token);
      return [data.results.totalCount, data.study.results.totalCount];
    };
    for (const condition of [{ gte: 0 }, { lt: 0 }, { isNull: true }, { isNull: false }]) {
      for (const token of Object.values(readers)) expect(await asked(condition, token)).toEqual([0, 0]);
    }
    expect(await asked({ gte: 0 }, tokens.ada)).toEqual([1, 1]);
  });

  test("comes last in an ordering by a metric, and its cursor does not tell the number", async () => {
    const query = `query ($direction: OrderDirection!) {
      results(first: 100, where: { study: "ladder", verdict: [PENDING, VALID], outcome: [SUCCEEDED] },
        orderBy: { metric: "finalTestLoss", direction: $direction }) { edges { cursor node { id } } } }`;
    const last = async (direction: string, token?: string) => {
      const { data } = await api.ask(query, { direction }, token);
      const { cursor, node } = data.results.edges.at(-1);
      return { key: JSON.parse(Buffer.from(cursor, "base64url").toString())[1], id: node.id };
    };
    for (const direction of ["ASC", "DESC"]) {
      for (const token of Object.values(readers)) {
        expect(await last(direction, token)).toEqual({ key: null, id: encodeGlobalId("Result", waiting.id) });
      }
      // For its own volunteer it has a place among the others.
      expect((await last(direction, tokens.ada)).key).not.toBeNull();
    }
  });

  test("is counted in a group, and no part of its statistics", async () => {
    const query = `query ($where: ResultFilter) {
      resultGroups(where: $where, groupBy: [], metrics: ["finalTestLoss"]) { count statistics { count mean } }
      study(slug: "ladder") { resultGroups(where: $where, groupBy: [], metrics: ["finalTestLoss"]) { count statistics { count mean } } } }`;
    const asked = async (token?: string) => {
      const { data } = await api.ask(query, { where: { study: "ladder", verdict: ["PENDING"] } }, token);
      expect(data.study.resultGroups).toEqual(data.resultGroups);
      return data.resultGroups;
    };
    for (const token of Object.values(readers)) {
      expect(await asked(token)).toEqual([{ count: 1, statistics: [{ count: 0, mean: null }] }]);
    }
    expect(await asked(tokens.ada)).toEqual([{ count: 1, statistics: [{ count: 1, mean: expect.any(Number) }] }]);
  });

  test("is downloaded without what it found, but by its own volunteer", async () => {
    const download = async (format: string, token?: string) => {
      const search = new URLSearchParams({ where: JSON.stringify({ verdict: ["PENDING"] }) });
      const headers: HeadersInit = token ? { authorization: `Bearer ${token}` } : {};
      const url = `http://localhost:3000/api/studies/ladder/results.${format}?${search}`;
      return (await api.handler(new Request(url, { headers }))).text();
    };
    const loss = await api.database.prisma.measurement.findFirstOrThrow({
      where: { resultId: waiting.id, metric: "finalTestLoss" },
    });
    for (const token of Object.values(readers)) {
      expect(JSON.parse(await download("ndjson", token))).toMatchObject({
        verdict: "PENDING",
        divergedAtStep: null,
        metrics: {},
      });
      expect(await download("csv", token)).not.toContain(String(loss.value));
    }
    expect(JSON.parse(await download("ndjson", tokens.ada))).toMatchObject({
      divergedAtStep: 7,
      metrics: { finalTestLoss: loss.value },
    });
    expect(await download("csv", tokens.ada)).toContain(String(loss.value));
  });
});
