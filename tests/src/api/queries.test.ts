import { experiments, paramsJsonSchema } from "@widefield/experiments/catalog";
import { kernelDigest } from "@widefield/experiments/kernel-digest";
import { encodeGlobalId } from "@widefield/graphql/identity/global-id";
import { beforeAll, expect, test } from "vitest";
import { describeOnEachDatabase, freshDatabase } from "../testkit/database.ts";
import { type Api, openApi } from "./fixture/api.ts";
import { fixtureId, ids, tokens } from "./fixture/commons.ts";

interface Case {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly token?: string;
  /** Statements that it may take, whatever the number of rows: one per kind of thing. */
  readonly statements: number;
}

const cases: Record<string, Case> = {
  "viewer-stranger": { query: "{ viewer { id name } }", statements: 0 },
  viewer: {
    query: `{ viewer { id name isAnonymous createdAt
      contribution { hosts validResults pendingResults invalidResults validFlops }
      hosts { totalCount nodes { name active } }
      studies { totalCount nodes { slug state viewerCanManage } }
      leases(first: 2) { totalCount nodes { id state progress grantedAt reissueAt refuseAt endedAt study { slug } host { name } workUnit { id } } } } }`,
    token: tokens.ada,
    // Who asks; contribution; per connection a page, its rows and a count; study, host and unit of the leases.
    statements: 14,
  },
  commons: {
    query: `{ commons { studies trials decidedTrials results volunteers hosts activeHosts validFlops
      activity { id hostId hostName backend trialCount progress grantedAt study { slug title } } } }`,
    // Figures, activity, its studies.
    statements: 3,
  },
  experiments: {
    query: `{ experiments { id name version family title view { x y color tune } }
      known: experiment(id: "feature-learning.mlp") { id } unknown: experiment(id: "no.such@1") { id } }`,
    statements: 0,
  },
  studies: {
    query: `{ studies(first: 3) { totalCount pageInfo { hasNextPage hasPreviousPage } nodes {
      id slug title question description family experimentName experimentVersion digest quorum maxResults license state revision
      createdAt publishedAt createdBy { name } viewerCanManage sweeps experiment { id }
      progress { slug state revision trials decided valid diverged nondeterministic failed adopted pendingResults activeLeases flops decidedFlops fraction }
      axes { param values } theory { key theory { verdict } } } } }`,
    // Page, rows, their authors, count; progress, axes and theory for all at once.
    statements: 7,
  },
  "studies-of-mine": {
    query: `{ studies(where: { mine: true }, orderBy: { field: TITLE, direction: ASC }) { totalCount nodes { slug state viewerCanManage } } }`,
    token: tokens.ada,
    statements: 4,
  },
  study: {
    query: `{ study(slug: "ladder") {
      theory(groupBy: ["point", "width"]) { key theory { verdict summary } }
      trials(first: 2, where: { state: [VALID] }) { totalCount nodes { id digest params seed position state adopted decidedRevision flops
        study { slug } workUnit { id } canonicalResult { id outcome } theory { verdict exponents }
        replicas { id verdict canonical host { name } volunteer { name } metrics { name value } curves { name steps values } } } }
      workUnits(first: 2) { totalCount nodes { id state openSlots trialCount flops peakBytes largestBufferBytes downloadBytes createdAt trials { position } } }
      decisions(first: 3) { totalCount nodes { id revision kind digest createdAt trial { position } result { id } } }
      } draft: study(slug: "draft") { slug } }`,
    statements: 27,
  },
  results: {
    query: `{ results(first: 3) { totalCount nodes { id seed outcome verdict canonical divergedAtStep error backend numericsClass
      elapsedMs flops createdAt decidedAt trial { digest } study { slug } host { name } volunteer { name }
      metrics(names: ["finalTestLoss"]) { name value } curves { name steps values } } } }`,
    // Page, rows, count; trial, study, host, volunteer, measurements, curves.
    statements: 9,
  },
  "results-of-a-study": {
    query: `{ study(slug: "follower") { results { totalCount nodes { id study { slug } trial { position } metrics { name value } } } } }`,
    statements: 7,
  },
  "results-by-metric": {
    query: `{ results(where: { study: "ladder", params: [{ param: "point", equals: "mup" }], seed: [0] }, orderBy: { metric: "finalTestLoss" }) {
      nodes { metrics(names: ["finalTestLoss"]) { value } } } }`,
    statements: 4,
  },
  "results-by-param": {
    query: `{ results(first: 4, where: { study: "ladder" }, orderBy: { param: "width", direction: DESC }) { nodes { params seed } } }`,
    statements: 4,
  },
  "results-filtered": {
    query: `{ study(slug: "ladder") {
      finite: results(where: { metrics: [{ metric: "finalTestLoss", lt: 0.3, gte: 0.1 }] }) { totalCount }
      diverged: results(where: { metrics: [{ metric: "finalTestLoss", isNull: true }] }) { totalCount nodes { divergedAtStep } }
      wide: results(where: { params: [{ param: "width", in: [128, 256] }, { param: "learningRate", lte: 0.1 }] }) { totalCount }
      missing: results(where: { params: [{ param: "d", equals: null }] }) { totalCount }
      replicas: results(where: { verdict: [VALID, PENDING, INCONCLUSIVE] }) { totalCount }
      wasm: results(where: { verdict: [VALID], backend: [WASM] }) { totalCount }
      early: results(where: { asOf: 5 }) { totalCount nodes { seed } }
      none: results(where: { seed: [7] }) { totalCount nodes { id } pageInfo { startCursor endCursor hasNextPage } } } }`,
    statements: 22,
  },
  "result-groups": {
    query: `{ resultGroups(where: { study: "ladder" }, groupBy: ["point", "width"], metrics: ["finalTestLoss"]) {
      key count diverged statistics { metric count mean standardDeviation confidenceLow confidenceHigh min max } } }`,
    statements: 2,
  },
  "result-groups-of-everything": {
    query: `{ study(slug: "ladder") { resultGroups(groupBy: [], metrics: ["finalTestLoss", "featureMovement.1"]) {
      key count diverged statistics { metric count mean } } } }`,
    statements: 2,
  },
  hosts: {
    query: `{ hosts(where: { active: true }) { totalCount nodes { id name kind backend gpuVendor gpuArchitecture gpuDescription engine numericsClass
      flopsPerSecond trusted validResults invalidResults validFlops createdAt lastSeenAt active volunteer { name } } }
      fastest: hosts(first: 1, orderBy: { field: FLOPS_PER_SECOND }) { nodes { name } } }`,
    statements: 6,
  },
  contributors: {
    query: `{ contributors { totalCount nodes { id name contribution { hosts validResults pendingResults invalidResults validFlops } leases { totalCount } } } }`,
    statements: 4,
  },
  nodes: {
    query: `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Study { slug } ... on Trial { position } ... on WorkUnit { trialCount }
      ... on Lease { progress } ... on Result { seed } ... on Decision { revision } ... on Host { name } ... on Volunteer { name } } }`,
    variables: {
      ids: [
        ["Study", ids.ladder],
        ["Study", ids.draft],
        ["Trial", fixtureId(6, 3)],
        ["WorkUnit", fixtureId(4, 0)],
        ["Lease", fixtureId(5, 11)],
        ["Result", fixtureId(8, 4)],
        ["Decision", fixtureId(7, 2)],
        ["Host", ids.bensHost],
        ["Volunteer", ids.ben],
        ["Volunteer", fixtureId(1, 99)],
      ].map(([type = "", id = ""]) => encodeGlobalId(type, id)),
    },
    token: tokens.ben,
    // One per type, one for the trial under the result, and who asks.
    statements: 10,
  },
};

test("every experiment of the catalogue, as its declaration says", async () => {
  const api = await openApi(() => freshDatabase("pglite"), { seed: false });
  const { data } =
    await api.ask(`{ experiments { id summary kernelDigest paramsSchema series { name label unit scale endsIn }
    metrics { name label help unit direction scale perLayer tolerance { absolute relative } } } }`);
  const upper = (text: string) => text.toUpperCase();
  expect(data.experiments).toEqual(
    experiments.map((definition) => ({
      id: `${definition.id}@${definition.version}`,
      summary: definition.summary,
      kernelDigest,
      paramsSchema: paramsJsonSchema(definition),
      series: definition.series.map((series) => ({ endsIn: null, ...series, scale: upper(series.scale) })),
      metrics: definition.metrics.map((metric) => ({
        ...metric,
        direction: upper(metric.direction),
        scale: upper(metric.scale),
      })),
    })),
  );
});

describeOnEachDatabase("queries", (fresh) => {
  let api: Api;
  beforeAll(async () => {
    const closers: (() => Promise<void>)[] = [];
    api = await openApi(fresh, { atEnd: (close) => closers.push(close) });
    return async () => {
      for (const close of closers) await close();
    };
  });

  test.each(Object.entries(cases))("%s", async (name, { query, variables, token, statements }) => {
    let answer: unknown;
    const run = await api.statements(async () => {
      answer = await api.ask(query, variables, token);
    });
    await expect(`${JSON.stringify(answer, null, 2)}\n`).toMatchFileSnapshot(`snapshots/${name}.snap`);
    expect(run.length, run.join("\n\n")).toBeLessThanOrEqual(statements);
  });

  test.each([
    ["Volunteer", "name", 1],
    ["Host", "name volunteer { name }", 2],
    ["Study", "slug viewerCanManage createdBy { name }", 3],
    ["WorkUnit", "trialCount", 4],
    ["Lease", "progress study { slug }", 5],
    ["Trial", "position study { slug }", 6],
    ["Decision", "revision", 7],
    ["Result", "seed", 8],
  ] as const)("2 and 20 nodes of the type %s take the same statements", async (type, fields, kind) => {
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on ${type} { ${fields} } } }`;
    const statements = async (count: number) => {
      const nodes = Array.from({ length: count }, (_, at) => encodeGlobalId(type, fixtureId(kind, at + 1)));
      const run = await api.statements(async () => {
        const { data } = await api.ask(query, { ids: nodes }, tokens.ada);
        expect(data.nodes.some(Boolean)).toBe(true);
      });
      return run.length;
    };
    expect(await statements(20)).toBe(await statements(2));
  });
});
