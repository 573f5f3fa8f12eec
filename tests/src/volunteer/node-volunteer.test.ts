import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { type NodeVolunteerOptions, runNodeVolunteer, type VolunteerEvent } from "@widefield/volunteer/node";
import { fileOutbox } from "@widefield/volunteer/node/file-outbox";
import { keptAccount } from "@widefield/volunteer/node/node-account";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { freshDatabase, hasPostgres } from "../testkit/database.ts";
import { startServer, type TestServer, testFolder, tinyStudy } from "./test-server.ts";
import { volunteerProcess } from "./volunteer-process.ts";

/** A volunteer in this process, on wasm; it is stopped when the test ends. */
function begin(server: TestServer, options: Partial<NodeVolunteerOptions> & { dataDir: string }) {
  const stop = new AbortController();
  const events: VolunteerEvent[] = [];
  const ended = runNodeVolunteer({
    url: server.url,
    backend: "wasm",
    signal: stop.signal,
    onEvent: (event) => events.push(event),
    ...options,
  });
  // A test that fails must not leave it at work.
  onTestFinished(async () => {
    stop.abort();
    await ended.catch(() => undefined);
  });
  const heard = async (kind: VolunteerEvent["kind"]) => {
    while (!events.some((event) => event.kind === kind)) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  return { ended, events, heard, stop: () => stop.abort() };
}

async function outboxFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names.filter((name) => /outbox[/\\].*\.json$/.test(name));
}

// What a volunteer does depends on the API, not on the database behind it: the protocol's tests run on each.
const fresh = () => freshDatabase(hasPostgres ? "postgres" : "pglite");

/** A volunteer that is at a unit, its last, when the server goes away. */
async function cutOffAtWork() {
  const server = await startServer(fresh);
  const slug = await server.publish(tinyStudy(1, {}, { steps: 4_000, evalEvery: 1_000 }));
  const dataDir = await testFolder();
  const { ended, heard } = begin(server, { dataDir, maxUnits: 1 });
  await heard("unit");
  await server.goAway();
  return { server, slug, dataDir, ended, heard };
}

describe("a volunteer under Node", () => {
  test("computes a study to its end, and is credited", async () => {
    const server = await startServer(fresh);
    const slug = await server.publish(tinyStudy(6));
    const dataDir = await testFolder();
    const { ended, events, stop } = begin(server, { dataDir });
    await server.until(slug, ({ decided }) => decided === 6);
    stop();
    const end = await ended;
    expect(end).toMatchObject({ kind: "asked", tally: { trials: 6, validTrials: 6, failedUnits: 0 } });
    expect(await server.progress(slug)).toMatchObject({ valid: 6, activeLeases: 0 });
    expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["device", "unit", "accepted", "ending"]));
    // Its secret is its owner's alone.
    const credentials = join(dataDir, "credentials.json");
    expect((await stat(credentials)).mode & 0o777).toBe(0o600);
    const token = JSON.parse(await readFile(credentials, "utf8"))[server.url];
    expect(await contribution(server, token)).toEqual({ validResults: 6 });
  });

  test("two volunteers, from two accounts, make a quorum", async () => {
    const server = await startServer(fresh);
    const slug = await server.publish(tinyStudy(4, { quorum: 2 }));
    const first = begin(server, { dataDir: await testFolder() });
    // It may have done its part of the study between two looks.
    await server.until(slug, ({ activeLeases, pendingResults }) => activeLeases > 0 || pendingResults > 0);
    const second = begin(server, { dataDir: await testFolder() });
    await server.until(slug, ({ decided }) => decided === 4);
    first.stop();
    second.stop();
    await Promise.all([first.ended, second.ended]);
    expect(await server.progress(slug)).toMatchObject({ valid: 4, activeLeases: 0 });
    const { rows } = await server.database.pool.query(
      "SELECT count(*)::int AS results, count(DISTINCT volunteer_id)::int AS volunteers FROM results WHERE verdict = 'VALID'",
    );
    expect(rows).toEqual([{ results: 8, volunteers: 2 }]);
  });

  test("stopped half-way, it gives its lease back at once", async () => {
    const server = await startServer(fresh);
    const slug = await server.publish(tinyStudy(1, {}, { steps: 900_000, evalEvery: 1_000 }));
    const { ended, heard, stop } = begin(server, { dataDir: await testFolder() });
    await heard("unit");
    await server.until(slug, ({ activeLeases }) => activeLeases === 1);
    stop();
    expect((await ended).kind).toBe("asked");
    expect(await server.progress(slug)).toMatchObject({ decided: 0, activeLeases: 0 });
  });

  test("a server that is away for a while costs nothing", async () => {
    const { server, slug, dataDir, ended, heard } = await cutOffAtWork();
    await heard("notice");
    expect(await outboxFiles(dataDir)).toHaveLength(1);
    await server.comeBack();
    expect(await ended).toMatchObject({ kind: "done", tally: { units: 1 } });
    expect(await server.progress(slug)).toMatchObject({ valid: 1 });
    expect(await outboxFiles(dataDir)).toEqual([]);
  });

  test("a page of somebody else in the server's place costs nothing either", async () => {
    const { server, slug, dataDir, ended } = await cutOffAtWork();
    let asked = 0;
    const portal = createServer((_request, response) => {
      asked++;
      response.writeHead(403, { "content-type": "text/html" });
      response.end("<h1>Accept the terms to go on</h1>");
    });
    await new Promise<void>((resolve) => portal.listen(Number(new URL(server.url).port), "127.0.0.1", resolve));
    await vi.waitFor(() => expect(asked).toBeGreaterThan(1), { timeout: 20_000 });
    expect(await outboxFiles(dataDir)).toHaveLength(1);
    portal.closeAllConnections();
    await new Promise((resolve) => portal.close(resolve));
    await server.comeBack();
    expect(await ended).toMatchObject({ kind: "done", tally: { units: 1, refusedUnits: 0 } });
    expect(await server.progress(slug)).toMatchObject({ valid: 1 });
  });

  test("of its loops' accounts only the refused token is forgotten", async () => {
    const file = join(await testFolder(), "credentials.json");
    await writeFile(file, JSON.stringify({ "http://localhost:1": "newer" }));
    const account = keptAccount("http://localhost:1", file);
    await account.signIn();
    await account.forget("older");
    expect(account.token()).toBe("newer");
    await account.forget("newer");
    expect(account.token()).toBeUndefined();
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({});
  });

  test("an experiment that cannot be run is answered with why", async () => {
    const server = await startServer(fresh);
    await server.publish(tinyStudy(1));
    // What no form lets through: the database says that the trial is of a shape that the program refuses.
    await server.database.pool.query(`UPDATE trials SET params = jsonb_set(params::jsonb, '{depth}', '"deep"')`);
    const { ended } = begin(server, { dataDir: await testFolder(), maxUnits: 1 });
    expect(await ended).toMatchObject({ kind: "done", tally: { units: 1, failedUnits: 1 } });
    const { rows } = await server.database.pool.query("SELECT outcome, error FROM results");
    expect(rows).toEqual([{ outcome: "FAILED", error: expect.stringMatching(/depth/) }]);
  });

  test("several loops share a number of units", async () => {
    const server = await startServer(fresh);
    const widths = {
      fixed: { depth: 1, steps: 5, trainSize: 64, evalSize: 32 },
      axes: { width: [8, 9, 10, 11] },
      seeds: 1,
    };
    await server.publish(tinyStudy(1, { sweep: widths }));
    const { ended } = begin(server, { dataDir: await testFolder(), concurrency: 2, maxUnits: 3 });
    const end = await ended;
    expect(end.kind).toBe("done");
    expect(end.tally.finishedUnits).toBe(3);
    const { rows } = await server.database.pool.query("SELECT count(*)::int AS hosts FROM hosts");
    expect(rows).toEqual([{ hosts: 2 }]);
  });

  test("what a loop that there is no more had finished is sent by another", async () => {
    const server = await startServer(fresh);
    const dataDir = await testFolder();
    const folder = join(dataDir, "volunteer", new URL(server.url).host.replace(":", "_"));
    // As four loops leave it that were killed; the server will say that it knows no such lease, which is a final answer.
    for (const slot of [0, 3]) {
      const outbox = fileOutbox(join(folder, `host-${slot}`, "outbox"));
      await outbox.store({ leaseId: `lease-${slot}`, token: "t", studySlug: "s", results: [] });
    }
    expect(await outboxFiles(dataDir)).toHaveLength(2);
    const { ended, stop } = begin(server, { dataDir });
    await expect.poll(() => outboxFiles(dataDir), { timeout: 20_000 }).toEqual([]);
    stop();
    expect((await ended).tally).toMatchObject({ staleUnits: 2 });
  });

  test("one process for each folder and server", async () => {
    const server = await startServer(fresh);
    const dataDir = await testFolder();
    const { heard } = begin(server, { dataDir });
    await heard("notice");
    await expect(runNodeVolunteer({ url: server.url, dataDir })).rejects.toThrow(/Another volunteer/);
  });

  test("a token that the server does not know ends it, and says what to do", async () => {
    const server = await startServer(fresh);
    const { ended } = begin(server, { dataDir: await testFolder(), token: "x".repeat(32) });
    expect(await ended).toMatchObject({ kind: "refused", message: expect.stringMatching(/credential/) });
  });

  test("killed while the server is away, and started again: the finished unit arrives", async () => {
    const server = await startServer(fresh);
    const slug = await server.publish(tinyStudy(1, {}, { steps: 4_000, evalEvery: 1_000 }));
    const dataDir = await testFolder();
    const first = volunteerProcess(server.url, dataDir, ["--max-units", "1"]);
    await first.says(/Computing 1 trial/);
    await server.goAway();
    await first.says(/does not answer/);
    while ((await outboxFiles(dataDir)).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    await first.kill();
    await server.comeBack();
    expect(await server.progress(slug)).toMatchObject({ decided: 0 });
    const second = volunteerProcess(server.url, dataDir);
    await server.until(slug, ({ valid }) => valid === 1);
    expect(await second.interrupt()).toBe(0);
    expect(await outboxFiles(dataDir)).toEqual([]);
    const { rows } = await server.database.pool.query("SELECT count(*)::int AS leases FROM leases");
    // The second process computed nothing: it only sent what the first had finished.
    expect(rows).toEqual([{ leases: 1 }]);
  });

  test("killed half-way through a unit: its lease runs out and the unit is computed by the next process", async () => {
    const server = await startServer(fresh);
    const slug = await server.publish(tinyStudy(1, {}, { steps: 6_000, evalEvery: 1_000 }));
    const dataDir = await testFolder();
    const first = volunteerProcess(server.url, dataDir);
    await first.says(/Computing 1 trial/);
    await first.kill();
    expect(await outboxFiles(dataDir)).toEqual([]);
    expect(await server.progress(slug)).toMatchObject({ decided: 0, activeLeases: 1 });
    // The database's clock cannot be moved, so the deadlines are.
    await server.database.pool.query(
      "UPDATE leases SET reissue_at = now() - interval '1 s', refuse_at = now() - interval '1 s'",
    );
    const second = volunteerProcess(server.url, dataDir, ["--max-units", "1"]);
    expect(await second.ended).toBe(0);
    expect(await server.progress(slug)).toMatchObject({ valid: 1, activeLeases: 0 });
  });
});

async function contribution(server: TestServer, token: string): Promise<unknown> {
  const response = await fetch(`${server.url}/api/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: "{ viewer { contribution { validResults } } }" }),
  });
  const answer = await response.json();
  return answer.data.viewer.contribution;
}
