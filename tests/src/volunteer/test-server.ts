import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureOperator } from "@widefield/graphql/auth/operator";
import {
  CreateStudyDraftDocument,
  PublishStudyDraftDocument,
  type StudyInput,
  StudyProgressNowDocument,
  type StudyProgressNowQuery,
} from "@widefield/graphql/documents";
import { request } from "@widefield/graphql/documents/client";
import { createHandler } from "@widefield/graphql/http/handler";
import { type NodeServer, serveNode } from "@widefield/graphql/http/node-server";
import { type Database, openDatabase } from "@widefield/prisma/open-database";
import { onTestFinished } from "vitest";
import type { FreshDatabase } from "../testkit/database.ts";

/** The real API over real HTTP on a fresh database; it can go away and come back at the same address. */
export interface TestServer {
  readonly url: string;
  readonly operatorToken: string;
  readonly database: Database;
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  publish(study: StudyInput): Promise<string>;
  progress(slug: string): Promise<NonNullable<StudyProgressNowQuery["study"]>["progress"]>;
  /** Waits until the study's progress is as it should be; fails after a while with how far it came. */
  until(slug: string, reached: (progress: Awaited<ReturnType<TestServer["progress"]>>) => boolean): Promise<void>;
}

const PATIENCE_MS = 45_000;

/** Lives until the test ends. */
export async function startServer(fresh: () => Promise<FreshDatabase>): Promise<TestServer> {
  const database = openDatabase((await fresh()).url);
  onTestFinished(() => database.close());
  const { token } = await ensureOperator(database);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const handler = () => createHandler({ database, secret: "0123456789".repeat(4), baseUrl: url });
  let server: NodeServer | null = await serveNode(handler(), port);
  onTestFinished(async () => server?.close());
  const endpoint = `${url}/api/graphql`;

  async function progress(slug: string) {
    const { study } = await request(endpoint, StudyProgressNowDocument, { slug });
    if (study === null) throw new Error(`There is no study ${slug}.`);
    return study.progress;
  }

  return {
    url,
    operatorToken: token,
    database,
    progress,
    async goAway() {
      await server?.close();
      server = null;
    },
    async comeBack() {
      server ??= await serveNode(handler(), port);
    },
    async publish(input) {
      const { createStudy } = await request(endpoint, CreateStudyDraftDocument, { input }, { token });
      if (createStudy.__typename !== "Study") throw new Error(JSON.stringify(createStudy));
      const published = await request(endpoint, PublishStudyDraftDocument, { studyId: createStudy.id }, { token });
      if (published.publishStudy.__typename !== "Study") throw new Error(JSON.stringify(published));
      return createStudy.slug;
    },
    async until(slug, reached) {
      const end = Date.now() + PATIENCE_MS;
      for (;;) {
        const now = await progress(slug);
        if (reached(now)) return;
        if (Date.now() > end) throw new Error(`Only so far: ${JSON.stringify(now)}`);
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
    },
  };
}

/** A study of so many seeds that a slow machine computes in a blink. */
export function tinyStudy(
  seeds: number,
  changes: Partial<StudyInput> = {},
  fixed: Record<string, unknown> = {},
): StudyInput {
  return {
    title: "A tiny study",
    question: "Does it travel?",
    experiment: "feature-learning.mlp",
    quorum: 1,
    sweep: {
      fixed: { width: 8, depth: 1, steps: 20, trainSize: 64, evalSize: 32, batchSize: 16, ...fixed },
      axes: {},
      seeds,
    },
    ...changes,
  };
}

/** A folder that goes when the test ends. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "widefield-volunteer-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen({ port: 0, host: "127.0.0.1" }, () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("No port.")),
      );
    });
  });
}
