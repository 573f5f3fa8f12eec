import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ownAddress } from "@widefield/cli/start/own-address";
import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { widefield } from "../cli/command.ts";
import { freshDatabase, hasPostgres } from "../testkit/database.ts";
import { askApi, freePort, processesOf, type StartProcess, startWidefield, temporaryFolder } from "./start-process.ts";

interface Figures {
  readonly studies: {
    readonly nodes: readonly { slug: string; state: string; progress: { valid: number; trials: number } }[];
  };
  readonly hosts: { readonly nodes: readonly { trusted: boolean; backend: string }[] };
}

const figures = (url: string) =>
  askApi<Figures>(
    url,
    "{ studies(first: 10) { nodes { slug state progress { valid trials } } } hosts(first: 5) { nodes { trusted backend } } }",
  );

/** Polls until trials are decided. @returns milliseconds. */
async function untilResults(url: string, atLeast: number, limitMs: number): Promise<number> {
  const before = performance.now();
  for (;;) {
    const { studies } = await figures(url);
    const valid = studies.nodes.reduce((sum, { progress }) => sum + progress.valid, 0);
    if (valid >= atLeast) return performance.now() - before;
    if (performance.now() - before > limitMs) throw new Error(`Only ${valid} results after ${limitMs} ms.`);
    await sleep(500);
  }
}

describe("widefield start on the embedded database", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let port = 0;
  let running: StartProcess;

  beforeAll(async () => {
    folder = await temporaryFolder();
    port = await freePort();
    running = startWidefield({ dataFolder: folder.path, port });
    await running.says(`Widefield is at http://localhost:${port}`);
  });

  afterAll(async () => {
    await running.kill();
    await folder.dispose();
  });

  test("publishes the three example studies and reaches agreed results within two minutes", async () => {
    const ms = await untilResults(running.url, 1, 120_000);
    expect(ms).toBeLessThan(120_000);
    const { studies, hosts } = await figures(running.url);
    expect(studies.nodes.map(({ slug }) => slug).sort()).toEqual([
      "feature-movement",
      "mnist-width",
      "single-index-transfer",
    ]);
    for (const { slug, state } of studies.nodes) expect(["ACTIVE", "FINISHED"], slug).toContain(state);
    expect(hosts.nodes).toEqual([{ trusted: true, backend: expect.stringMatching(/^(WEBGPU|WASM)$/) }]);
  });

  test("serves pages with those results", async () => {
    for (const path of ["/", "/studies", "/studies/feature-movement", "/volunteer", "/new"]) {
      const page = await fetch(`${running.url}${path}`);
      expect(page.status, path).toBe(200);
      expect(await page.text(), path).toContain("<main");
    }
  });

  test("passes all 61 audits of GraphQL over HTTP", async () => {
    const audits = serverAudits({ url: () => `${running.url}/api/graphql` });
    expect(audits).toHaveLength(61);
    const wrong: string[] = [];
    for (const audit of audits) {
      const result = await audit.fn();
      if (result.status !== "ok") wrong.push(`${audit.id} ${audit.name}: ${result.status}`);
    }
    expect(wrong).toEqual([]);
  });

  test("a start beside it names its address and process, and ends with a failure", async () => {
    const beside = startWidefield({ dataFolder: folder.path, port: await freePort() });
    expect(await beside.ended).toBe(1);
    expect(beside.output()).toContain(running.url);
    expect(beside.output()).toContain(`process ${await running.pid()}`);
  });

  test("a start on its port with another folder says that the port is taken", async () => {
    const other = await temporaryFolder();
    const beside = startWidefield({ dataFolder: other.path, port });
    expect(await beside.ended).toBe(1);
    expect(beside.output()).toContain(`Port ${port} is taken by another Widefield`);
    await other.dispose();
  });

  test("the shell sees the studies, and only the operator pauses them", async () => {
    const env = { WIDEFIELD_DATA_DIR: folder.path, WIDEFIELD_URL: running.url };
    const listed = await widefield(["study", "list"], { env });
    expect(listed.stdout).toMatch(/single-index-transfer +active +\d+\/315/);
    const stranger = await widefield(["study", "pause", "mnist-width"], { env });
    expect(stranger.code).toBe(1);
    expect(stranger.stderr).toContain("--operator");
    const operator = await widefield(["study", "pause", "mnist-width", "--operator"], { env });
    expect(operator).toMatchObject({ code: 0, stdout: "mnist-width is paused.\n" });
  });

  test("Ctrl-C ends it in order, with a page and a live stream open, and leaves nothing running", async () => {
    const idle = await fetch(running.url, { headers: { connection: "keep-alive" } });
    await idle.text();
    const stream = await fetch(`${running.url}/api/graphql/stream`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify({ query: "subscription { commons { decidedTrials } }" }),
    });
    const reader = stream.body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    const { code, ms } = await running.end("SIGINT");
    expect(code, running.output()).toBe(0);
    expect(ms).toBeLessThan(15_000);
    expect(running.output()).toContain("Stopped.");
    await reader?.cancel().catch(() => undefined);
    expect(await processesOf(folder.path)).toEqual([]);
  });

  test("a second start goes on where the first stopped", async () => {
    running = startWidefield({ dataFolder: folder.path, port, args: ["--no-volunteer"] });
    await running.says("Logs are in");
    expect(running.output()).not.toContain("Published");
    const { studies } = await figures(running.url);
    const paused = studies.nodes.find(({ slug }) => slug === "mnist-width");
    expect(paused?.state).toBe("PAUSED");
    expect(studies.nodes.reduce((sum, { progress }) => sum + progress.valid, 0)).toBeGreaterThan(0);
    expect(await readFile(join(folder.path, "logs", "site.log"), "utf8")).toContain('"path":"/api/graphql"');
  });

  test("what a killed start leaves behind ends by itself and hinders nobody", async () => {
    await running.kill();
    const deadline = performance.now() + 15_000;
    while ((await processesOf(folder.path)).length > 0 && performance.now() < deadline) await sleep(200);
    expect(await processesOf(folder.path)).toEqual([]);
    running = startWidefield({ dataFolder: folder.path, port, args: ["--no-volunteer"] });
    await running.says(`Widefield is at ${running.url}`);
    expect((await running.end("SIGTERM")).code).toBe(0);
  });
});

describe.skipIf(!hasPostgres)("widefield start with DATABASE_URL", () => {
  test("uses that Postgres, and leaves it in peace at the end", async () => {
    const { url } = await freshDatabase("postgres");
    const folder = await temporaryFolder();
    const running = startWidefield({
      dataFolder: folder.path,
      port: await freePort(),
      env: { DATABASE_URL: url },
    });
    try {
      await running.says("Widefield is at");
      await untilResults(running.url, 1, 120_000);
      expect((await running.end("SIGINT")).code, running.output()).toBe(0);
      expect(await processesOf(folder.path)).toEqual([]);
    } finally {
      await running.kill();
      await folder.dispose();
    }
  });

  test("says so when that database does not answer", async () => {
    const folder = await temporaryFolder();
    const env = { DATABASE_URL: `postgresql://postgres@127.0.0.1:${await freePort()}/nothing` };
    const running = startWidefield({ dataFolder: folder.path, port: await freePort(), env });
    expect(await running.ended).toBe(1);
    expect(running.output()).toContain("DATABASE_URL cannot be used");
    await folder.dispose();
  });
});

test.each([
  ["--port", "0"],
  ["--port", "http"],
])("start %s %s is refused", async (...args) => {
  const { code, stderr } = await widefield(["start", ...args]);
  expect(code).toBe(2);
  expect(stderr).toContain("not a port");
});

test("a start that listens on one address reaches itself there", () => {
  expect(["localhost", "0.0.0.0", "::", "127.0.0.1"].map(ownAddress)).toEqual(Array(4).fill("localhost"));
  expect(["192.0.2.7", "lab.example", "2001:db8::7"].map(ownAddress)).toEqual([
    "192.0.2.7",
    "lab.example",
    "[2001:db8::7]",
  ]);
});
