import { randomBytes } from "node:crypto";
import { kernelDigest } from "@widefield/experiments/kernel-digest";
import { handler as runUpkeep } from "@widefield/handlers/upkeep";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type AskedTrial, honestReport } from "../protocol/testkit/report.ts";
import { freshDatabase, hasPostgres } from "../testkit/database.ts";
import { type Instance, startInstance } from "./instance.ts";
import { eventOf } from "./recorded-event.ts";

const params = {
  dataset: "gaussian",
  inputDim: 4,
  trainSize: 4,
  evalSize: 4,
  batchSize: 4,
  loss: "linear",
  depth: 1,
  steps: 3,
};
const study = {
  slug: "four-widths",
  title: "Four widths",
  question: "Does the movement stay?",
  experiment: "feature-learning.mlp@1",
  // Different shapes, so a unit each.
  sweep: { fixed: params, axes: { width: [8, 16, 24, 32, 40, 48] }, seeds: 1 },
  quorum: 2,
};

const lease = `mutation ($input: LeaseWorkInput!) { leaseWork(input: $input) { __typename
  ... on LeasedWork { leases { leaseId token trials { id params seed } } } } }`;
const submit = `mutation ($submissions: [Submission!]!) { submitResults(submissions: $submissions) { __typename
  ... on SubmissionAccepted { leaseId verdicts { trialId verdict trialState } } ... on StaleLease { leaseId } } }`;

interface Volunteer {
  readonly token: string;
  readonly hostId: string;
}

interface Lease {
  readonly leaseId: string;
  readonly token: string;
  readonly trials: readonly AskedTrial[];
}

describe.skipIf(!hasPostgres)("several instances of the function on one Postgres", () => {
  let instances: Instance[] = [];
  let sql: Client;
  let url = "";
  const at = (index: number): Instance => {
    const instance = instances[index % instances.length];
    if (!instance) throw new Error("No instance runs.");
    return instance;
  };

  beforeAll(async () => {
    ({ url } = await freshDatabase("postgres"));
    const env = { DATABASE_URL: url, WIDEFIELD_SECRET: randomBytes(32).toString("hex") };
    sql = new Client({ connectionString: url });
    await sql.connect();
    instances = await Promise.all([startInstance(env), startInstance(env), startInstance(env)]);
  });

  afterAll(async () => {
    for (const instance of instances) instance.kill();
    await sql?.end();
  });

  /** Signs in by one instance and registers the host by the next. */
  async function join(index: number, sourceIp: string): Promise<Volunteer> {
    const signIn = eventOf({ path: "/api/auth/sign-in/anonymous", body: {}, sourceIp });
    const { headers = {}, statusCode } = await at(index).invoke(signIn);
    expect(statusCode).toBe(200);
    const token = String(headers["set-auth-token"]);
    const { registerHost } = await at(index + 1).ask(
      `mutation ($input: HostInput!) { registerHost(input: $input) { __typename ... on Host { id } } }`,
      {
        input: {
          kind: "NODE",
          backend: "WASM",
          engine: "node-20",
          kernelDigest,
          maxBufferBytes: 2 ** 28,
          memoryBytes: 2 ** 31,
        },
      },
      token,
    );
    return { token, hostId: registerHost.id };
  }

  async function leaseFrom(
    index: number,
    { token, hostId }: Volunteer,
    sourceIp: string,
    count = 64,
  ): Promise<Lease[]> {
    const body = { query: lease, variables: { input: { hostId, count, kernelDigest } } };
    const headers = { authorization: `Bearer ${token}` };
    const { body: text = "" } = await at(index).invoke(eventOf({ path: "/api/graphql", body, headers, sourceIp }));
    const { data, errors } = JSON.parse(text);
    if (errors) throw new Error(text);
    expect(data.leaseWork.__typename).toBe("LeasedWork");
    return data.leaseWork.leases;
  }

  const submissionOf = ({ leaseId, token, trials }: Lease) => ({
    leaseId,
    token,
    results: trials.map(({ id, params, seed }) => honestReport({ id, params, seed })),
  });

  test("what one instance writes, the others see: sign-in, study, publication", async () => {
    const author = await join(0, "203.0.113.1");
    const { createStudy } = await at(1).ask(
      "mutation ($input: StudyInput!) { createStudy(input: $input) { __typename ... on Study { id state } } }",
      { input: study },
      author.token,
    );
    expect(createStudy).toMatchObject({ __typename: "Study", state: "DRAFT" });
    const { publishStudy } = await at(2).ask(
      "mutation ($id: ID!) { publishStudy(studyId: $id) { __typename ... on Study { state progress { trials } } } }",
      { id: createStudy.id },
      author.token,
    );
    expect(publishStudy).toMatchObject({ state: "ACTIVE", progress: { trials: 6 } });
    const { study: seen } = await at(0).ask(`{ study(slug: "four-widths") { state } }`);
    expect(seen).toEqual({ state: "ACTIVE" });
  });

  test("units leased at once by many instances are granted twice each, never to one volunteer or network twice", async () => {
    const networks = Array.from({ length: 6 }, (_, index) => `198.51.100.${index + 1}`);
    const volunteers = await Promise.all(networks.map((network, index) => join(index, network)));
    const granted = await Promise.all(
      volunteers.map((volunteer, index) => leaseFrom(index, volunteer, networks[index] ?? "", 4)),
    );
    const { rows } = await sql.query<{ leases: number; volunteers: number; networks: number; open: number }>(
      `SELECT count(l.id)::int AS leases, count(DISTINCT l.volunteer_id)::int AS volunteers,
        count(DISTINCT l.network_hash)::int AS networks, max(u.open_slots) AS open
       FROM work_units u LEFT JOIN leases l ON l.unit_id = u.id GROUP BY u.id`,
    );
    expect(rows).toHaveLength(6);
    for (const row of rows) {
      expect(row.leases).toBeLessThanOrEqual(2);
      expect(row.volunteers).toBe(row.leases);
      expect(row.networks).toBe(row.leases);
      expect(row.open).toBe(2 - row.leases);
    }
    expect(granted.flat()).toHaveLength(12);

    // A lease of one instance is submitted at another; repeated at the third, it gets the first answer again.
    const lucky = granted.findIndex((leases) => leases.length > 0);
    const first = granted[lucky] ?? [];
    const token = volunteers[lucky]?.token;
    const submissions = first.map(submissionOf);
    const answers = [];
    for (const index of [1, 2, 0]) answers.push((await at(index).ask(submit, { submissions }, token)).submitResults);
    expect(answers[0].map((answer: { __typename: string }) => answer.__typename)).toEqual(
      first.map(() => "SubmissionAccepted"),
    );
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);

    // All others submit at once, each somewhere else: every trial reaches its quorum, and the study its end.
    await Promise.all(
      granted.map((leases, index) =>
        at(index).ask(submit, { submissions: leases.map(submissionOf) }, volunteers[index]?.token),
      ),
    );
    const { study: done } = await at(1).ask(`{ study(slug: "four-widths") { state progress { valid trials } } }`);
    expect(done).toEqual({ state: "FINISHED", progress: { valid: 6, trials: 6 } });
  });

  test("a forged token changes nothing", async () => {
    const stranger = await join(2, "192.0.2.77");
    const { rows } = await sql.query<{ id: string }>("SELECT id FROM leases LIMIT 1");
    const leaseId = Buffer.from(`Lease:${rows[0]?.id}`).toString("base64url");
    const submission = { leaseId, token: "a token that nobody was given", results: [] };
    const { submitResults } = await at(0).ask(submit, { submissions: [submission] }, stranger.token);
    expect(submitResults).toMatchObject([{ __typename: "StaleLease" }]);
  });

  test("answers that are no GraphQL pass too: health, an export with its type, what is not there", async () => {
    const health = await at(0).invoke(eventOf({ path: "/api/health", method: "GET" }));
    expect(JSON.parse(health.body ?? "")).toMatchObject({ status: "ok" });
    const csv = await at(1).invoke(eventOf({ path: "/api/studies/four-widths/results.csv", method: "GET" }));
    expect(csv).toMatchObject({ statusCode: 200, isBase64Encoded: false });
    expect(csv.body?.trim().split("\n")).toHaveLength(7);
    expect((await at(2).invoke(eventOf({ path: "/api/nothing", method: "GET" }))).statusCode).toBe(404);
    const base64 = { path: "/api/graphql", body: { query: "{ commons { studies } }" }, base64: true };
    expect(JSON.parse((await at(0).invoke(eventOf(base64))).body ?? "")).toEqual({ data: { commons: { studies: 1 } } });
  });

  test("an instance that dies takes nothing with it", async () => {
    const volunteer = await join(0, "192.0.2.1");
    instances[0]?.kill();
    instances = instances.slice(1);
    const { viewer } = await at(0).ask("{ viewer { isAnonymous } }", {}, volunteer.token);
    expect(viewer).toEqual({ isAnonymous: true });
  });

  test("the upkeep gives back what has run out, forgets networks and old sessions, and finds nothing the second time", async () => {
    const volunteer = await join(0, "192.0.2.9");
    await sql.query("UPDATE studies SET state = 'ACTIVE', finished_at = NULL");
    await sql.query("UPDATE work_units SET state = 'OPEN', wanted = 2, open_slots = 2 - active_leases");
    await sql.query("UPDATE trials SET state = 'PENDING', wanted = 2");
    const leases = await leaseFrom(1, volunteer, "192.0.2.9", 3);
    expect(leases).toHaveLength(3);
    await sql.query(
      "UPDATE leases SET reissue_at = now() - interval '1 hour', refuse_at = now() - interval '1 minute' WHERE state = 'ACTIVE'",
    );
    await sql.query("UPDATE sessions SET expires_at = now() - interval '1 day' WHERE token = $1", [
      volunteer.token.split(".")[0],
    ]);

    vi.stubEnv("DATABASE_URL", url);
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    const [one, other] = await Promise.all([runUpkeep(), runUpkeep()]);
    expect(one.reclaimedLeases + other.reclaimedLeases).toBe(3);
    expect(one.forgottenNetworks + other.forgottenNetworks).toBeGreaterThanOrEqual(3);
    expect(one.endedSessions + other.endedSessions).toBe(1);
    const { rows } = await sql.query(
      "SELECT count(*)::int AS n FROM work_units WHERE active_leases <> 0 OR open_slots <> 2",
    );
    expect(rows).toEqual([{ n: 0 }]);
    expect(await runUpkeep()).toEqual({ reclaimedLeases: 0, forgottenNetworks: 0, endedSessions: 0 });
    log.mockRestore();
    vi.unstubAllEnvs();
  });
});
