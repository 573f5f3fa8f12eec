import { Agent, request } from "node:http";
import { kernelDigest } from "@widefield/experiments/kernel-digest";
import { SubmitAndLeaseDocument } from "@widefield/graphql/documents";
import { hostStatement } from "@widefield/graphql/lease/asking-host";
import { grantStatement } from "@widefield/graphql/lease/grant-statement";
import { newToken, tokenHash } from "@widefield/graphql/lease/token";
import { planSubmissions } from "@widefield/graphql/result/plan-submissions";
import { readStatement } from "@widefield/graphql/result/read-statement";
import type { SubmissionState } from "@widefield/graphql/result/submission-state";
import { writeParameters } from "@widefield/graphql/result/submit-results";
import { flushStatement, writeStatement } from "@widefield/graphql/result/write-statement";
import { newId } from "@widefield/prisma/new-id";
import type { Pool } from "pg";
import { honestReport } from "../../protocol/testkit/report.ts";
import type { BenchHost } from "./filled-database.ts";

/** Answers what it had leased before and leases so many units anew; returns how many units it answered. */
export type Turn = (host: BenchHost, batch: number) => Promise<number>;

/** FLOP/s of every host; see `filled-database.ts` for what its units cost. */
const speed = 1e8;

interface Leased {
  readonly leaseId: string;
  readonly token: string;
  readonly trials: readonly { id: string; params: Record<string, unknown>; seed: number }[];
}

/** Through GraphQL over HTTP, as a volunteer does it: one request a turn. */
export function overHttp(url: string): Turn {
  const agent = new Agent({ keepAlive: true });
  const held = new Map<string, readonly Leased[]>();
  return async (host, batch) => {
    const leases = held.get(host.hostId) ?? [];
    const lease = {
      hostId: Buffer.from(`Host:${host.hostId}`).toString("base64url"),
      count: batch,
      flopsPerSecond: speed,
      targetSeconds: 500,
      kernelDigest,
    };
    const submissions = leases.map(({ leaseId, token, trials }) => ({
      leaseId,
      token,
      results: trials.map((trial) => honestReport(trial)),
    }));
    const body = JSON.stringify({ query: SubmitAndLeaseDocument, variables: { submissions, lease } });
    const answer = JSON.parse(await post(agent, `${url}/api/graphql`, body, host.bearer));
    const { submitted, leased } = answer.data.submitAndLease;
    for (const item of submitted) if (item.__typename !== "SubmissionAccepted") throw new Error(JSON.stringify(item));
    held.set(host.hostId, leased.leases);
    return submitted.length;
  };
}

function post(agent: Agent, url: string, body: string, bearer: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      accept: "application/json",
      authorization: `Bearer ${bearer}`,
      "content-length": Buffer.byteLength(body),
    };
    const outgoing = request(url, { method: "POST", agent, headers }, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8");
      incoming.on("data", (part: string) => {
        text += part;
      });
      incoming.on("end", () => resolve(text));
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** The same statements with the same rows straight through `pg`. */
export function overPg(pool: () => Pool, studyId: string): Turn {
  const held = new Map<string, readonly Leased[]>();
  return async (host, batch) => {
    const client = pool();
    const leases = held.get(host.hostId) ?? [];
    if (leases.length > 0) {
      const submissions = leases.map(({ leaseId, token, trials }) => ({
        leaseId,
        tokenHash: tokenHash(token),
        results: trials.map((trial) => honestReport(trial)),
      }));
      for (let written = false; !written; ) {
        const read = await client.query<{ state: SubmissionState }>({
          ...readStatement,
          values: [leases.map((lease) => lease.leaseId)],
        });
        const [row] = read.rows;
        if (!row) throw new Error("Nothing read.");
        const { writes } = planSubmissions(row.state, submissions, host.volunteerId, newId);
        if (!writes) throw new Error("Nothing to write.");
        const { rows } = await client.query<{ written: boolean }>({
          ...writeStatement,
          values: writeParameters(writes),
        });
        written = rows[0]?.written ?? false;
      }
    }
    const durable = leases.length > 0 ? client.query({ ...flushStatement, values: [] }) : null;
    await client.query({ ...hostStatement, values: [host.hostId, host.volunteerId] });
    const tokens = new Map(Array.from({ length: batch }, () => [newId(), newToken()]));
    const granted = await client.query<{ leaseId: string; trials: Leased["trials"] }>({
      ...grantStatement,
      values: [
        host.hostId,
        host.volunteerId,
        null,
        8e9,
        2e9,
        [studyId],
        [batch],
        [-1],
        ["00000000-0000-0000-0000-000000000000"],
        batch,
        speed,
        1000 * speed,
        [...tokens.keys()],
        [...tokens.values()].map(tokenHash),
        speed,
      ],
    });
    held.set(
      host.hostId,
      granted.rows.map(({ leaseId, trials }) => ({ leaseId, trials, token: tokens.get(leaseId) ?? "" })),
    );
    await durable;
    return leases.length;
  };
}

/** For context: the barest queue, two updates and nothing else. */
export function bareQueue(pool: () => Pool): Turn {
  return async (host, batch) => {
    const client = pool();
    const { rows } = await client.query<{ id: number }>({ name: "take", text: take, values: [batch, host.hostId] });
    await client.query({
      name: "done",
      text: "UPDATE bare_queue SET state = 2 WHERE id = ANY ($1::int[])",
      values: [rows.map((row) => row.id)],
    });
    return rows.length;
  };
}

const take = `
UPDATE bare_queue SET state = 1, host = $2
WHERE id IN (SELECT id FROM bare_queue WHERE state = 0 ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING id`;
