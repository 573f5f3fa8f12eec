import {
  ExtendLeaseDocument,
  LeaseWorkDocument,
  RegisterHostDocument,
  ReleaseLeasesDocument,
  SubmitAndLeaseDocument,
  SubmitResultsDocument,
} from "@widefield/graphql/documents";
import { ApiError as ClientError, request } from "@widefield/graphql/documents/client";
import type { TypedDocument } from "@widefield/graphql/documents/typed-document";
import { type Api, ApiError, type DeviceFacts, type LeaseRequest, type RegisterAnswer } from "../loop/ports.ts";
import type { FinishedUnit } from "../loop/work.ts";
import type { Account } from "./account.ts";
import { toExtendAnswer, toLeaseAnswer, toRegisterAnswer, toSubmitAnswer } from "./answer.ts";
import type { HostMemory } from "./host-memory.ts";

export interface GraphqlApiOptions {
  /** Of the site: `https://widefield.example`. */
  readonly baseUrl: string;
  readonly account: Account;
  readonly hosts: HostMemory;
  readonly host: HostIdentity;
  /** What this program computes with, and what it can compute. */
  readonly kernelDigest: string;
  /** `name@version` */
  readonly experiments: readonly string[];
}

/** What a host says of itself besides its device. */
export interface HostIdentity {
  readonly kind: "BROWSER" | "NODE";
  readonly name: string | null;
  /** `chromium-156`, `node-20-dawn` */
  engine(device: DeviceFacts): string;
}

/** No request lasts longer. */
const TIMEOUT_MS = 30_000;
/** Heartbeats and releases are small; a server that is silent for so long is away. */
const SHORT_TIMEOUT_MS = 10_000;

const BACKENDS = { webgpu: "WEBGPU", wasm: "WASM", cpu: "CPU" } as const;

/** The server, over GraphQL. */
export function createGraphqlApi(options: GraphqlApiOptions): Api {
  const { baseUrl, account, hosts, host, kernelDigest, experiments } = options;
  const url = new URL("/api/graphql", baseUrl).href;

  async function ask<Result, Variables>(
    document: TypedDocument<Result, Variables>,
    variables: Variables,
    timeoutMs = TIMEOUT_MS,
  ): Promise<Result> {
    const signal = AbortSignal.timeout(timeoutMs);
    return await request(url, document, variables, { token: account.token(), signal }).catch((error: unknown) => {
      throw toApiError(error, baseUrl);
    });
  }

  async function register(device: DeviceFacts, id: string | null): Promise<RegisterAnswer | null> {
    const { vendor, architecture, description } = device.adapter;
    const input = {
      id,
      name: host.name,
      kind: host.kind,
      backend: BACKENDS[device.backend],
      gpuVendor: vendor,
      gpuArchitecture: architecture,
      gpuDescription: description,
      engine: host.engine(device),
      kernelDigest,
      maxBufferBytes: device.limits.maxBufferBytes,
      memoryBytes: device.limits.memoryBytes,
    };
    return toRegisterAnswer((await ask(RegisterHostDocument, { input })).registerHost);
  }

  const leaseInput = ({ hostId, count, targetSeconds, flopsPerSecond, study, family }: LeaseRequest) => ({
    hostId,
    count,
    targetSeconds,
    flopsPerSecond,
    study,
    family,
    experiments,
    kernelDigest,
  });

  return {
    signIn: () => account.signIn(),
    async registerHost(device) {
      const used = account.token();
      const known = await hosts.read(device.backend);
      const answer = (await register(device, known)) ?? (await register(device, null));
      if (answer === null) return { kind: "invalid", message: "The server takes no new host." };
      if (answer.kind === "registered" && answer.hostId !== known) await hosts.write(device.backend, answer.hostId);
      if (answer.kind === "unauthenticated") await account.forget(used);
      return answer;
    },
    async lease(wish) {
      const used = account.token();
      const answer = toLeaseAnswer((await ask(LeaseWorkDocument, { input: leaseInput(wish) })).leaseWork);
      if (answer.kind === "unauthenticated") await account.forget(used);
      return answer;
    },
    async submit(entries, wish) {
      const used = account.token();
      const submissions = entries.map(toSubmission);
      const answers = (submitted: Parameters<typeof toSubmitAnswer>[0][]) =>
        entries.map((entry, index) => {
          const answer = submitted[index];
          if (answer === undefined) throw unreachable("The server answered fewer results than it was sent.");
          return toSubmitAnswer(answer, entry);
        });
      const answer =
        wish === null
          ? { answers: answers([...(await ask(SubmitResultsDocument, { submissions })).submitResults]), leased: null }
          : await ask(SubmitAndLeaseDocument, { submissions, lease: leaseInput(wish) }).then(({ submitAndLease }) => ({
              answers: answers([...submitAndLease.submitted]),
              leased: toLeaseAnswer(submitAndLease.leased),
            }));
      if (answer.answers.some(({ kind }) => kind === "unauthenticated")) await account.forget(used);
      return answer;
    },
    async extend({ leaseId, token }, progress) {
      const input = { leaseId, token, progress };
      return toExtendAnswer((await ask(ExtendLeaseDocument, { input }, SHORT_TIMEOUT_MS)).extendLease);
    },
    async release(keys) {
      const leases = keys.map(({ leaseId, token }) => ({ leaseId, token }));
      await ask(ReleaseLeasesDocument, { leases }, SHORT_TIMEOUT_MS);
    },
  };
}

function toSubmission({ leaseId, token, results }: FinishedUnit) {
  return { leaseId, token, results };
}

function unreachable(message: string): ApiError {
  return new ApiError({ kind: "unreachable", message, retryAfterMs: null });
}

function toApiError(error: unknown, baseUrl: string): ApiError {
  if (!(error instanceof ClientError)) {
    // The timeout's own.
    return unreachable(`${baseUrl} took too long to answer.`);
  }
  if (error.retryable) return unreachable(error.message);
  if (error.status === 401) return new ApiError({ kind: "unauthenticated", message: error.message });
  if (error.code === "GRAPHQL_VALIDATION_FAILED") {
    return new ApiError({
      kind: "outdated",
      message: "This volunteer speaks another version of the API than the server: reload the page, or update.",
    });
  }
  // A proxy's page, or that of a captive network: it is not the API that refuses. A body that is too large stays so.
  if (error.kind === "http" && error.status !== 413) return unreachable(error.message);
  return new ApiError({ kind: "refused", message: error.message });
}
