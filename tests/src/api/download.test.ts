import { csvLine } from "@widefield/graphql/download/csv";
import { beforeAll, expect, test } from "vitest";
import { describeOnEachDatabase } from "../testkit/database.ts";
import { type Api, openApi } from "./fixture/api.ts";
import { fixtureId, ids, tokens } from "./fixture/commons.ts";

const site = "http://localhost:3000";

async function download(api: Api, file: string, search: Record<string, string> = {}, init: RequestInit = {}) {
  const response = await api.handler(new Request(`${site}/api/studies/${file}?${new URLSearchParams(search)}`, init));
  return { response, text: await response.text() };
}

/** A small reader of RFC 4180, by hand: the oracle of the writer. */
function readCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ",") {
      rows.at(-1)?.push(cell);
      cell = "";
    } else if (char === "\r" && text[at + 1] === "\n") {
      at++;
      rows.at(-1)?.push(cell);
      cell = "";
      rows.push([]);
    } else cell += char;
  }
  const [head = [], ...body] = rows.slice(0, -1);
  return body.map((cells) => Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ""])));
}

interface Node {
  readonly id: string;
  readonly params: Record<string, unknown>;
  readonly seed: number;
  readonly outcome: string;
  readonly divergedAtStep: number | null;
  readonly metrics: { readonly name: string; readonly value: number | null }[];
}

async function connection(api: Api, where: object = {}): Promise<Node[]> {
  const { data } = await api.ask(
    `query ($where: ResultFilter) { study(slug: "ladder") { results(first: 1000, where: $where) {
      nodes { id params seed outcome divergedAtStep metrics { name value } } } } }`,
    { where },
  );
  return data.study.results.nodes;
}

describeOnEachDatabase("downloads", (fresh) => {
  let shared: Api;
  beforeAll(async () => {
    const closers: (() => Promise<void>)[] = [];
    shared = await openApi(fresh, { atEnd: (close) => closers.push(close) });
    return async () => {
      for (const close of closers) await close();
    };
  });

  test("CSV, NDJSON and JSON say what the connection says, row by row", async () => {
    const api = shared;
    const nodes = await connection(api);
    const csv = await download(api, "ladder/results.csv");
    expect(csv.response.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(csv.response.headers.get("content-disposition")).toBe('attachment; filename="ladder-r19.csv"');
    const cell = (value: unknown) => (value === null || value === undefined ? "" : String(value));
    expect(
      readCsv(csv.text).map((row) => [
        row.result,
        row.seed,
        row["param.width"],
        row["param.point"],
        row["metric.finalTestLoss"],
        row.divergedAtStep,
      ]),
    ).toEqual(
      nodes.map((node) => [
        node.id,
        cell(node.seed),
        cell(node.params.width),
        node.params.point,
        cell(node.metrics.find(({ name }) => name === "finalTestLoss")?.value),
        cell(node.divergedAtStep),
      ]),
    );
    const rows = nodes.map(({ id, params, seed, outcome, divergedAtStep, metrics }) => ({
      ...{ result: id, params, seed, outcome, divergedAtStep },
      metrics: Object.fromEntries(metrics.map(({ name, value }) => [name, value])),
    }));
    const ndjson = await download(api, "ladder/results.ndjson");
    expect(
      ndjson.text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toMatchObject(rows);
    const json = await download(api, "ladder/results.json");
    const document = JSON.parse(json.text);
    expect(document.results).toMatchObject(rows);
    expect(document.study).toMatchObject({
      slug: "ladder",
      revision: 19,
      license: "CC-BY-4.0",
      experiment: "feature-learning.mlp@1",
      url: "http://localhost:3000/studies/ladder",
    });
  });

  test("each row says who computed it, and how many others did", async () => {
    const where = { verdict: ["VALID", "INVALID", "INCONCLUSIVE", "PENDING", "LATE"] };
    const search = { where: JSON.stringify(where) };
    const { data } = await shared.ask(
      `query ($where: ResultFilter) { study(slug: "ladder") { results(first: 1000, where: $where) { nodes {
        host { id name } volunteer { id name } trial { replicas { verdict } } } } } }`,
      { where },
    );
    interface Computed {
      readonly host: { readonly id: string; readonly name: string };
      readonly volunteer: { readonly id: string; readonly name: string };
      readonly trial: { readonly replicas: readonly { readonly verdict: string }[] };
    }
    const expected = (data.study.results.nodes as Computed[]).map(({ host, volunteer, trial: { replicas } }) => ({
      ...{ host: host.name, hostId: host.id, volunteer: volunteer.name, volunteerId: volunteer.id },
      replicas: replicas.length,
      validReplicas: replicas.filter(({ verdict }) => verdict === "VALID").length,
    }));
    // There is something to tell apart.
    expect(new Set(expected.map(({ replicas, validReplicas }) => `${replicas} ${validReplicas}`)).size).toBeGreaterThan(
      1,
    );
    const ndjson = await download(shared, "ladder/results.ndjson", search);
    const lines = ndjson.text.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject(expected);
    const csv = await download(shared, "ladder/results.csv", search);
    const texts = expected.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, it]) => [name, String(it)])),
    );
    expect(readCsv(csv.text)).toMatchObject(texts);
  });

  test("a filter selects the same rows as in the API", async () => {
    const api = shared;
    const where = {
      params: [{ param: "width", gte: 128 }],
      metrics: [{ metric: "finalTestLoss", lt: 0.2 }],
      seed: [0],
    };
    const nodes = await connection(api, where);
    expect(nodes.length).toBeGreaterThan(0);
    const { text } = await download(api, "ladder/results.ndjson", { where: JSON.stringify(where) });
    expect(
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).result),
    ).toEqual(nodes.map(({ id }) => id));
  });

  test("an adopted answer is in both studies' downloads", async () => {
    const api = shared;
    const { text } = await download(api, "follower/results.csv");
    expect(readCsv(text)).toHaveLength(2);
  });

  test("more rows than a page come whole, and what arrives meanwhile waits for the next download", async () => {
    const api = await openApi(fresh);
    await grow(api, 1_300);
    const response = await api.handler(new Request(`${site}/api/studies/ladder/results.ndjson`));
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let text = decoder.decode((await reader?.read())?.value, { stream: true });
    // One trial more is decided while the download is under way.
    await api.database.prisma.trial.update({
      where: { id: fixtureId(6, 23) },
      data: { state: "VALID", canonicalResultId: fixtureId(8, 36), decidedRevision: 20 },
    });
    for (;;) {
      const part = await reader?.read();
      if (!part || part.done) break;
      text += decoder.decode(part.value, { stream: true });
    }
    const results = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).result as string);
    expect(results).toHaveLength(17 + 1_300);
    expect(new Set(results).size).toBe(results.length);
  });

  test("no statement that reads answers may run for ever", async () => {
    const api = await openApi(fresh);
    const reads: { readonly text: string; readonly bounded: boolean }[] = [];
    const watched = new WeakSet<object>();
    api.database.pool.on("acquire", (client) => {
      if (watched.has(client)) return;
      watched.add(client);
      const query = client.query.bind(client) as (...args: unknown[]) => unknown;
      let bounded = false;
      client.query = ((...args: unknown[]) => {
        const [first] = args;
        const text = typeof first === "string" ? first : ((first as { text?: string }).text ?? "");
        if (/^BEGIN|^ROLLBACK/.test(text)) bounded = /statement_timeout = [1-9]/.test(text);
        else if (/\bresults r\b/.test(text)) reads.push({ text, bounded });
        return query(...args);
      }) as typeof client.query;
    });
    expect((await download(api, "ladder/results.csv")).response.status).toBe(200);
    // The columns of params and of metrics, a page and its rows, and the page that there is not.
    expect(reads).toHaveLength(5);
    expect(reads.filter(({ bounded }) => !bounded)).toEqual([]);
  });

  test.each([
    ["ladder/results.xlsx", {}, 404, /results\.csv, results\.ndjson and results\.json/],
    ["nowhere/results.csv", {}, 404, /no study "nowhere"/],
    ["draft/results.csv", {}, 404, /no study "draft"/],
    ["ladder/results.csv", { where: "{" }, 400, /not valid JSON/],
    ["ladder/results.csv", { where: '{"sed":[1]}' }, 400, /where: Field "sed" is not defined.*seed/],
    ["ladder/results.csv", { where: '{"seed":["x"]}' }, 400, /where\.seed\.0: Int cannot represent/],
    ["ladder/results.csv", { where: '{"params":[{"param":"widht","equals":1}]}' }, 400, /no param "widht"/],
    ["ladder/results.csv", { where: '{"study":"other"}' }, 400, /results of "ladder"/],
    ["ladder/results.csv", { where: '{"params":[{"param":"point","equals":"\\u0000"}]}' }, 400, /U\+0000/],
  ])("%s %j is refused in words", async (file, search, status, message) => {
    const api = shared;
    const { response, text } = await download(api, file, search as Record<string, string>);
    expect(response.status).toBe(status);
    expect(JSON.parse(text).errors[0].message).toMatch(message);
  });

  test("an author downloads the (empty) results of a draft; nobody posts to a download", async () => {
    const api = shared;
    const { response, text } = await download(
      api,
      "draft/results.csv",
      {},
      { headers: { authorization: `Bearer ${tokens.ada}` } },
    );
    expect(response.status).toBe(200);
    expect(readCsv(text)).toEqual([]);
    expect((await download(api, "ladder/results.csv", {}, { method: "POST" })).response.status).toBe(405);
  });
});

/** Trials with an answer each, bulk. */
async function grow(api: Api, count: number): Promise<void> {
  const { pool } = api.database;
  await pool.query(
    `INSERT INTO trials (id, study_id, unit_id, digest, params, seed, position, flops, state, decided_revision)
     SELECT gen_random_uuid(), study_id, unit_id, 'grown ' || n, params, 1000 + n, 100 + n, flops, 'VALID', 19
     FROM trials CROSS JOIN generate_series(1, $1::int) n WHERE id = $2`,
    [count, fixtureId(6, 0)],
  );
  await pool.query(
    `INSERT INTO results (id, trial_id, lease_id, unit_id, study_id, host_id, volunteer_id, backend, numerics_class, outcome, verdict, elapsed_ms, flops)
     SELECT t.id, t.id, r.lease_id, r.unit_id, r.study_id, r.host_id, r.volunteer_id, r.backend, r.numerics_class, r.outcome, r.verdict, 1, 1
     FROM trials t CROSS JOIN results r WHERE t.position > 100 AND t.study_id = $1 AND r.id = $2`,
    [ids.ladder, fixtureId(8, 0)],
  );
  await pool.query("UPDATE trials SET canonical_result_id = id WHERE position > 100 AND study_id = $1", [ids.ladder]);
}

test("a cell that a spreadsheet would run stays text; numbers read back the same", () => {
  expect(csvLine(["=1+1", "+1", "-1", "@x", "\tx", -1.5, 1e-7, 0.1 + 0.2, null, true])).toBe(
    "'=1+1,'+1,'-1,'@x,'\tx,-1.5,1e-7,0.30000000000000004,,true\r\n",
  );
  expect(csvLine(['say "hi"', "a,b", "two\nlines", [1, 2], { a: "=x" }])).toBe(
    '"say ""hi""","a,b","two\nlines","[1,2]","{""a"":""=x""}"\r\n',
  );
});
