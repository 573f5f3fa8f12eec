import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seedExampleStudies } from "@widefield/cli/start/example-studies";
import { ensureOperator } from "@widefield/graphql/auth/operator";
import {
  CreateStudyDraftDocument,
  PublishStudyDraftDocument,
  type StudyInput,
  StudyProgressNowDocument,
} from "@widefield/graphql/documents";
import { request } from "@widefield/graphql/documents/client";
import { openDatabase } from "@widefield/prisma/open-database";
import { runNodeVolunteer } from "@widefield/volunteer/node";

/** `empty`: the operator's account alone. `commons`: two small studies with results that real volunteers computed on wasm, a draft, and the examples, not begun. */
export type Seed = "empty" | "commons";

export interface SeededSite {
  readonly url: string;
  readonly databaseUrl: string;
  readonly seed: Seed;
}

/** A finished study of 120 trials, by the operator: three parametrizations, four widths, five learning rates, some too large. */
export const finishedStudy: StudyInput = {
  slug: "narrow-transfer",
  title: "Does the best learning rate transfer between narrow nets?",
  question: "Is one learning rate the best at every width from 8 to 64, under μP, SP and NTP?",
  description: "A study for tests: everything is small, and computed by a real volunteer.",
  experiment: "feature-learning.mlp@1",
  sweep: {
    fixed: { dataset: "single-index", steps: 30, evalEvery: 10, trainSize: 256, evalSize: 128, batchSize: 32 },
    axes: {
      point: ["mup", "sp", "ntp"],
      width: { ladder: { from: 8, to: 64 } },
      learningRate: { geometric: { from: 0.125, to: 32, count: 5 } },
    },
    seeds: 2,
  },
  quorum: 2,
};

/** A study of strangers that waits for a second opinion on some of its trials. */
export const waitingStudy: StudyInput = {
  slug: "second-opinion",
  title: "Do features move in two narrow widths?",
  question: "Does rms(Δx) stay the same from width 16 to 32 under μP?",
  experiment: "feature-learning.mlp@1",
  sweep: {
    fixed: { dataset: "gaussian", inputDim: 4, trainSize: 4, evalSize: 4, batchSize: 4, loss: "linear", steps: 3 },
    axes: { point: ["mup", "ntp"], width: [16, 32] },
    seeds: 3,
  },
  quorum: 2,
};

/** A draft that only its author may see. */
export const draftStudy: StudyInput = {
  ...waitingStudy,
  slug: "not-yet-published",
  title: "A draft",
};

/** Fills a served site. @returns the bearer token of the operator's trusted account. */
export async function seedCommons({ url, databaseUrl, seed }: SeededSite): Promise<string> {
  const database = openDatabase(databaseUrl);
  const { token } = await ensureOperator(database).finally(() => database.close());
  if (seed === "empty") return token;
  await publish(url, finishedStudy, token);
  await volunteer(url, finishedStudy.slug, { token, name: "Test bench" }, ({ fraction }) => fraction === 1);
  const author = await newAccount(url);
  await publish(url, waitingStudy, author);
  await request(`${url}/api/graphql`, CreateStudyDraftDocument, { input: draftStudy }, { token: author });
  await volunteer(
    url,
    waitingStudy.slug,
    { token: author, name: "Author’s laptop" },
    (now) => now.pendingResults >= 12,
  );
  await volunteer(url, waitingStudy.slug, { token: await newAccount(url), maxUnits: 1 }, ({ valid }) => valid > 0);
  await seedExampleStudies(new URL(url), token);
  return token;
}

/** Bearer token of a new anonymous account. */
export async function newAccount(url: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/anonymous`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  const token = response.headers.get("set-auth-token");
  if (!response.ok || token === null) throw new Error(`No account: ${response.status} ${await response.text()}`);
  return token;
}

/** Makes and publishes a study. @throws Error with what the server refused. */
export async function publish(url: string, input: StudyInput, token: string): Promise<void> {
  const { createStudy } = await request(`${url}/api/graphql`, CreateStudyDraftDocument, { input }, { token });
  if (createStudy.__typename !== "Study") throw new Error(JSON.stringify(createStudy));
  const made = { studyId: createStudy.id };
  const { publishStudy } = await request(`${url}/api/graphql`, PublishStudyDraftDocument, made, { token });
  if (publishStudy.__typename !== "Study") throw new Error(JSON.stringify(publishStudy));
}

const PATIENCE_MS = 120_000;
const GLANCE_MS = 200;

interface SeedVolunteer {
  readonly token: string;
  readonly name?: string;
  readonly maxUnits?: number;
}

interface Progress {
  readonly fraction: number;
  readonly valid: number;
  readonly pendingResults: number;
}

/** Runs a real volunteer on wasm for one study until its progress is as it should be. */
async function volunteer(
  url: string,
  slug: string | null | undefined,
  who: SeedVolunteer,
  reached: (progress: Progress) => boolean,
): Promise<void> {
  const study = slug ?? "";
  const dataDir = await mkdtemp(join(tmpdir(), "widefield-volunteer-"));
  const enough = new AbortController();
  const run = runNodeVolunteer({ url, dataDir, study, backend: "wasm", signal: enough.signal, ...who });
  const end = performance.now() + PATIENCE_MS;
  try {
    for (;;) {
      const found = await request(`${url}/api/graphql`, StudyProgressNowDocument, { slug: study });
      if (found.study && reached(found.study.progress)) return;
      if (performance.now() > end) throw new Error(`${study} came only so far: ${JSON.stringify(found)}`);
      await new Promise((resolve) => setTimeout(resolve, GLANCE_MS));
    }
  } finally {
    enough.abort();
    await run;
    await rm(dataDir, { recursive: true, force: true });
  }
}
