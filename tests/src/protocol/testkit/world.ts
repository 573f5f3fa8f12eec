import { kernelDigest } from "@widefield/experiments/kernel-digest";
import { Failure } from "@widefield/graphql/failure/failure";
import type { Caller } from "@widefield/graphql/host/caller";
import { registerHost } from "@widefield/graphql/host/register-host";
import type { GrantedLease } from "@widefield/graphql/lease/grant";
import type { LeaseRequestInput } from "@widefield/graphql/lease/lease-request";
import { type LeasedWork, leaseWork } from "@widefield/graphql/lease/lease-work";
import type { SubmissionAccepted, SubmitOutcome } from "@widefield/graphql/result/plan-submissions";
import { submitResults } from "@widefield/graphql/result/submit-results";
import type { TrialReport } from "@widefield/graphql/result/trial-report";
import { createStudy } from "@widefield/graphql/study/create-study";
import { publishStudy } from "@widefield/graphql/study/publish-study";
import type { Study } from "@widefield/prisma/client";
import { newId } from "@widefield/prisma/new-id";
import { type Database, openDatabase } from "@widefield/prisma/open-database";
import { onTestFinished } from "vitest";
import type { FreshDatabase } from "../../testkit/database.ts";
import { type AskedTrial, experimentName, honestReport } from "./report.ts";

/** One database for all tests of a file, emptied before each: a new one takes seconds where the machine is busy. */
const urls = new WeakMap<() => Promise<FreshDatabase>, Promise<string>>();

/** A host together with the account behind it. */
export interface TestHost extends Caller {
  readonly hostId: string;
}

/** A tiny sweep of so many trials, all of one shape unless `fixed` says otherwise. */
export function tinySweep(seeds: number, fixed: Record<string, unknown> = {}, axes: Record<string, unknown> = {}) {
  return {
    fixed: { width: 8, depth: 1, steps: 10, trainSize: 64, evalSize: 32, batchSize: 16, ...fixed },
    axes,
    seeds,
  };
}

/** A database with the protocol's functions bound to it, and short ways to say what tests say often. */
export class World {
  readonly database: Database;
  readonly author: Caller;

  private constructor(database: Database, author: Caller) {
    this.database = database;
    this.author = author;
  }

  static async open(fresh: () => Promise<FreshDatabase>, poolSize = 10): Promise<World> {
    const known = urls.get(fresh) ?? fresh().then(({ url }) => url);
    urls.set(fresh, known);
    const database = openDatabase(await known, { poolSize });
    onTestFinished(() => database.close());
    await database.pool.query("TRUNCATE volunteers, studies CASCADE");
    const author = await World.#volunteer(database, false);
    return new World(database, author);
  }

  static async #volunteer(database: Database, trusted: boolean, networkHash: string | null = null): Promise<Caller> {
    const id = newId();
    await database.prisma.volunteer.create({ data: { id, name: "someone", email: `${id}@example.test`, trusted } });
    return { volunteerId: id, trusted, networkHash };
  }

  async host(
    options: {
      readonly of?: Caller;
      readonly trusted?: boolean;
      readonly network?: string | null;
      readonly memoryBytes?: number;
      readonly maxBufferBytes?: number;
    } = {},
  ): Promise<TestHost> {
    const caller =
      options.of ?? (await World.#volunteer(this.database, options.trusted ?? false, options.network ?? null));
    const host = await registerHost(
      this.database,
      caller,
      {
        id: null,
        kind: "NODE",
        backend: "WASM",
        engine: "node-20",
        kernelDigest,
        memoryBytes: options.memoryBytes ?? 8e9,
        maxBufferBytes: options.maxBufferBytes ?? 2e9,
      },
      kernelDigest,
    );
    return { ...caller, hostId: must(host).id };
  }

  async draft(input: Record<string, unknown> = {}): Promise<Study> {
    return must(
      await createStudy(this.database, this.author, {
        title: "A study",
        question: "Does it work?",
        experiment: experimentName,
        sweep: tinySweep(2),
        ...input,
      }),
    );
  }

  async publish(input: Record<string, unknown> = {}): Promise<Study> {
    const study = await this.draft(input);
    return must(await publishStudy(this.database, this.author, study.id));
  }

  async lease(host: TestHost, wanted: Partial<LeaseRequestInput> = {}, random?: () => number): Promise<LeasedWork> {
    return must(
      await leaseWork(
        this.database,
        host,
        { hostId: host.hostId, kernelDigest, flopsPerSecond: 1e10, ...wanted },
        { expectedDigest: kernelDigest, ...(random ? { random } : {}) },
      ),
    );
  }

  /** One unit, which must be there. */
  async leaseOne(host: TestHost, wanted: Partial<LeaseRequestInput> = {}): Promise<GrantedLease> {
    const { leases, reason } = await this.lease(host, wanted);
    const [lease] = leases;
    if (!lease) throw new Error(`Nothing to lease: ${reason}`);
    return lease;
  }

  async submit(
    host: TestHost,
    lease: Pick<GrantedLease, "leaseId" | "token" | "trials">,
    report: (trial: AskedTrial) => TrialReport = honestReport,
  ): Promise<SubmitOutcome> {
    const { leaseId, token, trials } = lease;
    const [outcome] = await submitResults(this.database, host, [
      { leaseId, token, results: trials.map((trial) => report(trial)) },
    ]);
    if (!outcome) throw new Error("No outcome.");
    return outcome;
  }

  /** Leases one unit and answers it. */
  async work(host: TestHost, report?: (trial: AskedTrial) => TrialReport): Promise<SubmissionAccepted> {
    return must(await this.submit(host, await this.leaseOne(host), report));
  }

  /** Lets time pass for leases: the database's clock cannot be moved, so their deadlines are. */
  async wait(seconds: number, leaseId: string | null = null): Promise<void> {
    await this.database.pool.query(
      `UPDATE leases SET granted_at = granted_at - make_interval(secs => $1), reissue_at = reissue_at - make_interval(secs => $1),
         refuse_at = refuse_at - make_interval(secs => $1) WHERE $2::uuid IS NULL OR id = $2::uuid`,
      [seconds, leaseId],
    );
  }

  async study(id: string): Promise<Study> {
    return this.database.prisma.study.findUniqueOrThrow({ where: { id } });
  }

  units(studyId: string) {
    return this.database.prisma.workUnit.findMany({ where: { studyId }, orderBy: [{ flops: "asc" }, { id: "asc" }] });
  }

  trials(studyId: string) {
    return this.database.prisma.trial.findMany({ where: { studyId }, orderBy: { position: "asc" } });
  }

  async decisionKinds(studyId: string): Promise<string[]> {
    const decisions = await this.database.prisma.decision.findMany({
      where: { studyId },
      orderBy: { revision: "asc" },
    });
    return decisions.map((decision) => decision.kind);
  }
}

/** The success of an outcome. @throws the failure. */
export function must<T>(outcome: T): Exclude<T, Failure> {
  if (outcome instanceof Failure) throw outcome;
  return outcome as Exclude<T, Failure>;
}
