import { importIdx } from "@widefield/datasets/store/import-idx";
import { type StudyInput, StudyProgressNowDocument } from "@widefield/graphql/documents";
import { request } from "@widefield/graphql/documents/client";
import { type Database, openDatabase } from "@widefield/prisma/open-database";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { idx, noise, smallImport } from "../datasets/small-idx.ts";
import { noBrowser, openBrowser, type TestBrowser } from "../testkit/browser.ts";
import { publish } from "../testkit/seed.ts";
import { startSite, type TestSite } from "../testkit/site.ts";
import { seriousFindings, snap } from "./page-check.ts";

const PATIENCE_MS = 120_000;

/** Small enough for a GPU that is made of software. */
function tinyStudy(slug: string, changes: Partial<StudyInput> = {}, fixed: Record<string, unknown> = {}): StudyInput {
  return {
    slug,
    title: `The study ${slug}`,
    question: "Do browsers agree?",
    experiment: "feature-learning.mlp",
    quorum: 1,
    sweep: {
      fixed: { width: 8, depth: 1, steps: 30, evalEvery: 10, trainSize: 64, evalSize: 32, batchSize: 16, ...fixed },
      axes: {},
      seeds: 1,
    },
    ...changes,
  };
}

describe.skipIf(noBrowser)("a volunteer's browser", () => {
  let site: TestSite;
  let database: Database;

  beforeAll(async () => {
    site = await startSite({ database: "pglite" });
    database = openDatabase(site.database.url);
  });
  afterAll(async () => {
    await database?.close();
    await site?.stop();
  });

  /** A browser of its own, closed when the test ends. */
  async function browserOf(webgpu: boolean): Promise<TestBrowser> {
    const browser = await openBrowser({ webgpu });
    onTestFinished(() => browser.close().catch(() => undefined));
    return browser;
  }

  async function begin(browser: TestBrowser, slug: string): Promise<Page> {
    const page = await browser.profile.newPage();
    await page.goto(`${site.url}/volunteer?study=${slug}`);
    await page.getByRole("button", { name: "Start computing" }).click();
    return page;
  }

  async function progress(slug: string) {
    const { study } = await request(`${site.url}/api/graphql`, StudyProgressNowDocument, { slug });
    if (study === null) throw new Error(`There is no study ${slug}.`);
    return study.progress;
  }

  async function until(slug: string, reached: (now: Awaited<ReturnType<typeof progress>>) => boolean): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const now = await progress(slug);
      if (reached(now)) return;
      if (performance.now() > end) throw new Error(`Only so far: ${JSON.stringify(now)}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  test("two with WebGPU agree on a study, one of them killed half-way and replaced", async () => {
    const sweep = {
      fixed: { depth: 1, steps: 200, evalEvery: 50, trainSize: 64, evalSize: 32, batchSize: 16 },
      axes: { width: [8, 12, 16] },
      seeds: 2,
    };
    await publish(site.url, tinyStudy("two-browsers", { quorum: 2, sweep }), site.operatorToken);
    const [first, second] = await Promise.all([browserOf(true), browserOf(true)]);
    const page = await begin(first, "two-browsers");
    await page.getByText("Computing", { exact: true }).waitFor();
    const { rows: survivors } = await database.pool.query("SELECT id FROM hosts");
    const doomed = await begin(second, "two-browsers");
    await doomed.getByText(/Step \d+ of 200/).waitFor();
    await doomed.getByText("WebGPU on google swiftshader").waitFor();
    await second.kill();
    expect((await progress("two-browsers")).decided).toBeLessThan(6);
    // What the dead browser holds comes free when its lease runs out; that takes over a minute, so the deadlines are moved.
    await database.pool.query(
      `UPDATE leases SET reissue_at = now() - interval '1 s', refuse_at = now() - interval '1 s'
       WHERE state = 'ACTIVE' AND host_id <> $1`,
      [survivors[0]?.id],
    );
    const third = await begin(await browserOf(true), "two-browsers");
    await until("two-browsers", ({ valid }) => valid === 6);
    expect(await progress("two-browsers")).toMatchObject({ valid: 6, nondeterministic: 0, failed: 0 });
    await page.getByText("Nothing to compute just now").waitFor();
    await third.getByText("Your credit").waitFor();
    const { rows } = await database.pool.query(
      `SELECT DISTINCT h.backend FROM results r JOIN hosts h ON h.id = r.host_id JOIN studies s ON s.id = r.study_id
       WHERE s.slug = 'two-browsers'`,
    );
    expect(rows).toEqual([{ backend: "WEBGPU" }]);
  }, 300_000);

  test("without WebGPU says so and computes on the processor", async () => {
    await publish(site.url, tinyStudy("no-gpu"), site.operatorToken);
    const page = await begin(await browserOf(false), "no-gpu");
    await page.getByText("Computing on the processor", { exact: true }).waitFor();
    await page.getByText(/The processor computes instead/).waitFor();
    await until("no-gpu", ({ valid }) => valid === 1);
    await page.getByText("Nothing to compute just now").waitFor();
    await page.getByText("This study is finished").waitFor();
  });

  test("is told of a study that is none, or that is finished, and offered other work", async () => {
    await publish(site.url, tinyStudy("soon-done"), site.operatorToken);
    const page = await begin(await browserOf(false), "soon-done");
    await until("soon-done", ({ valid }) => valid === 1);
    await page.goto(`${site.url}/volunteer?study=soon-done`);
    await page.getByText("“The study soon-done” is finished").waitFor();
    await page.goto(`${site.url}/volunteer?study=no-such-study`);
    await page.getByText("There is no study “no-such-study”").waitFor();
    await page.getByRole("button", { name: "Work for whatever is needed most" }).click();
    expect(new URL(page.url()).search).toBe("");
    expect(await page.getByLabel("Work for").inputValue()).toBe("");
    await page.getByText("There is no study").waitFor({ state: "detached" });
  });

  test("fetches images, whole, and trains on them", async () => {
    const pixels = (count: number) => idx([count, 28, 28], noise(count * 784));
    const labels = (count: number) =>
      idx(
        [count],
        Uint8Array.from({ length: count }, (_, at) => at % 10),
      );
    const files = {
      "train-inputs": pixels(60),
      "train-labels": labels(60),
      "test-inputs": pixels(20),
      "test-labels": labels(20),
    };
    await importIdx(database, smallImport("fashion-mnist", files));
    const images = { dataset: "fashion-mnist", loss: "cross-entropy", trainSize: 60, evalSize: 20 };
    await publish(site.url, tinyStudy("images", {}, images), site.operatorToken);
    await begin(await browserOf(false), "images");
    await until("images", ({ decided }) => decided === 1);
    expect(await progress("images")).toMatchObject({ valid: 1, failed: 0 });
  });

  test("is one tab, and the second says so", async () => {
    await publish(site.url, tinyStudy("one-tab", {}, { steps: 500_000, evalEvery: 1_000 }), site.operatorToken);
    const browser = await browserOf(false);
    const first = await begin(browser, "one-tab");
    await first.getByText("Computing", { exact: true }).waitFor();
    const second = await begin(browser, "one-tab");
    await second.getByText("Another tab is computing", { exact: true }).waitFor();
    expect((await progress("one-tab")).activeLeases).toBe(1);
    // The first goes; now the second may.
    await first.close();
    await second.getByRole("button", { name: "Try again" }).click();
    await second.getByText("Computing", { exact: true }).waitFor();
  });

  test("pauses, resumes and stops, by keyboard alone, and gives its unit back at once", async () => {
    await publish(site.url, tinyStudy("stopped", {}, { steps: 500_000, evalEvery: 1_000 }), site.operatorToken);
    const page = await (await browserOf(false)).profile.newPage();
    await page.goto(`${site.url}/volunteer?study=stopped`);
    await page.getByRole("button", { name: "Start computing" }).focus();
    await page.keyboard.press("Enter");
    // The keyboard is where it was: on the button that took the first one's place.
    const stop = page.getByRole("button", { name: "Stop" });
    await expect.poll(() => stop.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.getByText(/Step [\d,]+ of 500,000/).waitFor();
    await snap(page, "volunteer-running");
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Space");
    await page.getByText("Paused", { exact: true }).waitFor();
    const step = () => page.getByText(/Step [\d,]+ of 500,000/).innerText();
    await page.waitForTimeout(300);
    const before = await step();
    await page.waitForTimeout(700);
    expect(await step()).toBe(before);
    await page.keyboard.press("Space");
    await page.getByText("Computing", { exact: true }).waitFor();
    await expect.poll(step).not.toBe(before);
    await stop.click();
    await page.getByRole("button", { name: "Compute again" }).waitFor();
    expect(await progress("stopped")).toMatchObject({ activeLeases: 0, decided: 0 });
  });

  test("that is closed gives its unit back at once", async () => {
    await publish(site.url, tinyStudy("closed", {}, { steps: 500_000, evalEvery: 1_000 }), site.operatorToken);
    const browser = await browserOf(false);
    const page = await begin(browser, "closed");
    await page.getByText(/Step [\d,]+ of/).waitFor();
    await browser.profile.newPage();
    await page.close({ runBeforeUnload: true });
    const end = performance.now() + 10_000;
    while ((await progress("closed")).activeLeases > 0) {
      // Far less than the time after which the lease would run out by itself.
      expect(performance.now()).toBeLessThan(end);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });

  test("that loses its network keeps what it finished, through a reload too, and sends it later", async () => {
    await publish(site.url, tinyStudy("offline", {}, { steps: 12_000, evalEvery: 1_000 }), site.operatorToken);
    const browser = await browserOf(false);
    const page = await begin(browser, "offline");
    await page.getByText(/Step [\d,]+ of 12,000/).waitFor();
    // The worker's requests are beyond the page's own switch: the API is cut off too.
    await browser.profile.route("**/api/graphql", (route) => route.abort("internetdisconnected"));
    await browser.profile.setOffline(true);
    await page.getByText("You are offline").waitFor();
    await page.getByText("kept in this browser", { exact: true }).waitFor();
    expect((await progress("offline")).decided).toBe(0);
    await browser.profile.setOffline(false);
    await browser.profile.unroute("**/api/graphql");
    await page.reload();
    await page.getByRole("button", { name: "Start computing" }).click();
    await until("offline", ({ valid }) => valid === 1);
    const { rows } = await database.pool.query(
      "SELECT count(*)::int AS leases FROM leases l JOIN studies s ON s.id = l.study_id WHERE s.slug = 'offline'",
    );
    expect(rows).toEqual([{ leases: 1 }]);
  });

  test("whose GPU process crashes opens the device again and goes on", async () => {
    await publish(site.url, tinyStudy("crash", {}, { steps: 1_500, evalEvery: 500 }), site.operatorToken);
    const browser = await browserOf(true);
    const page = await begin(browser, "crash");
    await page.getByText(/Step [\d,]+ of 1,500/).waitFor();
    const session = await browser.profile.browser()?.newBrowserCDPSession();
    await session?.send("Browser.crashGpuProcess");
    await page.getByText("The graphics device was lost", { exact: true }).waitFor();
    await until("crash", ({ valid }) => valid === 1);
    expect(await progress("crash")).toMatchObject({ failed: 0 });
  }, 240_000);
});
