import { kernelDigest } from "@widefield/experiments/kernel-digest";
import {
  ExtendLeaseDocument,
  LeaseWorkDocument,
  RegisterHostDocument,
  ReleaseLeasesDocument,
  SubmitAndLeaseDocument,
  SubmitResultsDocument,
} from "@widefield/graphql/documents";
import { createHandler } from "@widefield/graphql/http";
import type { Peer } from "@widefield/graphql/http/handler";
import { expect, onTestFinished, test } from "vitest";
import { describeOnEachDatabase } from "../testkit/database.ts";
import { honestReport } from "./testkit/report.ts";
import { tinySweep, World } from "./testkit/world.ts";

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
type Answer = any;

async function openApi(world: World, peer: Peer = { address: "127.0.0.1" }) {
  const handler = createHandler({ database: world.database, secret: "a secret of thirty-two characters" });
  onTestFinished(() => handler.close());
  const post = (path: string, body: unknown, token?: string) =>
    handler(
      new Request(`http://localhost:3000/api/${path}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/json",
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        body: JSON.stringify(body),
      }),
      peer,
    );
  return {
    signIn: async () => (await post("auth/sign-in/anonymous", {})).headers.get("set-auth-token") ?? "",
    ask: async (query: unknown, variables: unknown, token?: string): Promise<Answer> => {
      const answer = (await (await post("graphql", { query, variables }, token)).json()) as Answer;
      expect(answer.errors).toBeUndefined();
      return answer.data;
    },
  };
}

const hostInput = {
  kind: "NODE",
  backend: "WASM",
  engine: "node-20",
  kernelDigest,
  maxBufferBytes: 1e9,
  memoryBytes: 4e9,
};

describeOnEachDatabase("the protocol over GraphQL", (fresh) => {
  test("an anonymous volunteer registers, leases, extends, submits, leases on, and gives back", async () => {
    const world = await World.open(fresh);
    const study = await world.publish({ sweep: { fixed: { depth: 1 }, axes: { width: [4, 8] } }, quorum: 1 });
    const api = await openApi(world);
    const token = await api.signIn();
    const { registerHost } = await api.ask(RegisterHostDocument, { input: hostInput }, token);
    expect(registerHost).toMatchObject({ __typename: "Host", name: "Node on WebAssembly", trusted: false });
    const lease = { hostId: registerHost.id, count: 1, flopsPerSecond: 1e10, kernelDigest };

    const first = (await api.ask(LeaseWorkDocument, { input: lease }, token)).leaseWork.leases[0];
    expect(first).toMatchObject({
      studySlug: study.slug,
      experiment: "feature-learning.mlp",
      datasets: [],
      trials: [{ seed: 0 }],
    });
    const extended = await api.ask(
      ExtendLeaseDocument,
      { input: { leaseId: first.leaseId, token: first.token, progress: 0.5 } },
      token,
    );
    expect(extended.extendLease).toMatchObject({ __typename: "LeaseExtended", leaseId: first.leaseId });

    const submission = {
      leaseId: first.leaseId,
      token: first.token,
      results: first.trials.map((trial: Answer) => honestReport(trial)),
    };
    const { submitAndLease } = await api.ask(SubmitAndLeaseDocument, { submissions: [submission], lease }, token);
    expect(submitAndLease.submitted).toEqual([
      {
        __typename: "SubmissionAccepted",
        leaseId: first.leaseId,
        verdicts: [{ trialId: first.trials[0].id, verdict: "VALID", trialState: "VALID" }],
      },
    ]);
    const second = submitAndLease.leased.leases[0];
    const keys = [
      { leaseId: second.leaseId, token: second.token },
      { leaseId: "no id at all", token: second.token },
    ];
    expect((await api.ask(ReleaseLeasesDocument, { leases: keys }, token)).releaseLeases).toMatchObject([
      { __typename: "LeaseReleased", leaseId: second.leaseId },
      { __typename: "StaleLease", message: expect.stringContaining("not yours") },
    ]);
    const again = await api.ask(
      SubmitResultsDocument,
      { submissions: [submission, { ...submission, leaseId: "no id at all" }] },
      token,
    );
    expect(again.submitResults).toMatchObject([
      submitAndLease.submitted[0],
      { __typename: "StaleLease", leaseId: "no id at all" },
    ]);
  });

  test("two accounts whose address nobody knows are one network: they do not make a quorum", async () => {
    const world = await World.open(fresh);
    await world.publish({ sweep: tinySweep(1), quorum: 2 });
    const leaseOf = async (peer: Peer) => {
      const api = await openApi(world, peer);
      const token = await api.signIn();
      const { registerHost } = await api.ask(RegisterHostDocument, { input: hostInput }, token);
      return (await api.ask(LeaseWorkDocument, { input: { hostId: registerHost.id, kernelDigest } }, token)).leaseWork;
    };
    expect((await leaseOf({})).leases.length).toBe(1);
    expect(await leaseOf({})).toMatchObject({ leases: [], reason: expect.stringContaining("your network") });
    expect((await leaseOf({ address: "127.0.0.1" })).leases.length).toBe(1);
  });

  test("failures are data: no account, another's host, an old program, a wrong report", async () => {
    const world = await World.open(fresh);
    await world.publish({ sweep: tinySweep(1) });
    const api = await openApi(world);
    const [token, other] = [await api.signIn(), await api.signIn()];
    const { registerHost } = await api.ask(RegisterHostDocument, { input: hostInput }, token);
    const lease = { hostId: registerHost.id, kernelDigest };
    const leaseWork = async (input: unknown, by?: string) =>
      (await api.ask(LeaseWorkDocument, { input }, by)).leaseWork;
    expect((await api.ask(RegisterHostDocument, { input: hostInput })).registerHost.__typename).toBe(
      "NotAuthenticated",
    );
    expect((await leaseWork(lease)).__typename).toBe("NotAuthenticated");
    expect((await leaseWork(lease, other)).__typename).toBe("NotFound");
    expect((await leaseWork({ ...lease, hostId: "no id at all" }, token)).__typename).toBe("NotFound");
    expect(await leaseWork({ ...lease, kernelDigest: "old" }, token)).toMatchObject({
      __typename: "ClientOutdated",
      expectedKernelDigest: kernelDigest,
    });
    const [granted] = (await leaseWork(lease, token)).leases;
    const submission = { leaseId: granted.leaseId, token: granted.token, results: [] };
    const { submitResults } = await api.ask(SubmitResultsDocument, { submissions: [submission] }, token);
    expect(submitResults).toMatchObject([{ __typename: "InvalidInput", issues: [{ path: "results" }] }]);
    const strangers = await api.ask(SubmitAndLeaseDocument, { submissions: [submission], lease });
    expect(strangers.submitAndLease).toMatchObject({
      submitted: [{ __typename: "NotAuthenticated" }],
      leased: { __typename: "NotAuthenticated" },
    });
  });
});
