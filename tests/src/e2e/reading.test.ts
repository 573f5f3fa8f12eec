import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { noBrowser, openBrowser, type TestBrowser } from "../testkit/browser.ts";
import { draftStudy, finishedStudy } from "../testkit/seed.ts";
import { SITE_START_MS, startSite, type TestSite } from "../testkit/site.ts";
import { tabTo } from "./keyboard.ts";
import { type PageWatch, watchPage } from "./page-check.ts";

describe.skipIf(noBrowser)("a reader", () => {
  let site: TestSite;
  let browser: TestBrowser;
  let page: Page;
  let watch: PageWatch;
  const study = `/studies/${finishedStudy.slug}`;

  beforeAll(async () => {
    site = await startSite({ database: "pglite", seed: "commons" });
    browser = await openBrowser();
  }, SITE_START_MS);
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    watch = watchPage(page);
    return () => page.context().close();
  });

  const open = async (path: string) => {
    await page.goto(site.url + path);
    await watch.settled();
  };
  const rows = () => page.locator("#results tbody tr").allInnerTexts();

  test("finds the view of a permalink again after a reload, and in another browser", async () => {
    await open(study);
    await page.locator("#view-x").selectOption("learningRate");
    await page.waitForURL(/x=learningRate/);
    await page.locator("#view-color").selectOption("width");
    await page.waitForURL(/color=width/);
    await watch.settled();
    const drawn = () => page.locator("#chart svg").first().getAttribute("aria-label");
    const label = await drawn();
    await page.reload();
    await watch.settled();
    expect(await page.locator("#view-x").inputValue()).toBe("learningRate");
    expect(await page.locator("#view-color").inputValue()).toBe("width");
    expect(await drawn()).toBe(label);
    const other = await browser.newPage();
    await other.goto(page.url());
    expect(await other.locator("#view-color").inputValue()).toBe("width");
    await other.context().close();
  });

  test("pages through the results and back, and filters them", async () => {
    await open(study);
    await page.getByText("120 agreed results").waitFor();
    const first = await rows();
    expect(first).toHaveLength(20);
    await page.getByRole("navigation", { name: "Results: pages" }).getByRole("link", { name: /Next/ }).click();
    await page.waitForURL(/after=/);
    await expect.poll(rows).not.toEqual(first);
    const second = await rows();
    expect(second.filter((row) => first.includes(row))).toEqual([]);
    await page
      .getByRole("navigation", { name: "Results: pages" })
      .getByRole("link", { name: /Previous/ })
      .click();
    await expect.poll(rows).toEqual(first);

    await page.locator("#table-outcome").selectOption("diverged");
    await page.waitForURL(/outcome=diverged/);
    await page
      .getByText(/^\d+ agreed results?$/)
      .and(page.locator(":not(:text('120'))"))
      .waitFor();
    const diverged = await rows();
    expect(diverged.length).toBeGreaterThan(0);
    for (const row of diverged) expect(row).toMatch(/diverged/i);
    expect(watch.problems).toEqual([]);
  });

  test("opens the curves behind a mark without a mouse, and keeps them through every change of the address", async () => {
    await open(study);
    await page.locator("#chart summary", { hasText: "Numbers behind this chart" }).focus();
    await page.keyboard.press("Enter");
    await tabTo(page, /^Curves of width 8, μP, learning rate \d+$/);
    await page.keyboard.press("Enter");
    await page.waitForURL(/sel=/);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("curves-title");
    await expect.poll(() => page.locator("#curves [role=status]").innerText()).toMatch(/^2 curves of width 8, μP/);
    await tabTo(page, "Curve");
    await page.locator("#curve-series").selectOption({ index: 1 });
    await page.waitForURL(/curve=/);
    const chosen = () => [...new URL(page.url()).searchParams].filter(([name]) => name === "sel" || name === "curve");
    const before = chosen();
    expect(before).toHaveLength(2);
    await page.locator("#view-y").selectOption("featureMovement.1");
    await page.waitForURL(/y=featureMovement/);
    expect(chosen()).toEqual(before);
    await page.locator("#table-outcome").selectOption("diverged");
    await page.waitForURL(/outcome=diverged/);
    expect(chosen()).toEqual(before);
    expect(watch.problems).toEqual([]);
  });

  test("sorts the results by seed, and downloads what the table lists", async () => {
    await open(`${study}?sort=-param:seed&outcome=diverged`);
    const seeds = await page.locator("#results tbody tr td:nth-child(4)").allInnerTexts();
    expect(seeds).toEqual([...seeds].sort().reverse());
    expect(new Set(seeds).size).toBe(2);
    const summary = await page.getByText(/^\d+ agreed results$/).innerText();
    const csv = await page.locator('a[href*="results.csv"]').first().getAttribute("href");
    const lines = (await (await page.request.get(site.url + csv)).text()).trim().split(/\r?\n/);
    expect(lines).toHaveLength(1 + Number.parseInt(summary, 10));
  });

  test("downloads every result as CSV, one line each", async () => {
    await open(study);
    const link = page.locator('a[href*="results.csv"]').first();
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    const lines = (await readFile(await download.path(), "utf8")).trim().split(/\r?\n/);
    expect(download.suggestedFilename()).toMatch(/^narrow-transfer.*\.csv$/);
    expect(lines).toHaveLength(1 + 120);
    expect(lines[0]).toMatch(/width/);
    expect(new Set(lines.map((line) => line.split(",").length)).size).toBe(1);
  });

  test("runs GraphiQL's examples, and nothing of it comes from elsewhere", async () => {
    const elsewhere: string[] = [];
    await page.route(
      (url) => url.origin !== site.url && url.protocol.startsWith("http"),
      (route) => {
        elsewhere.push(route.request().url());
        return route.abort();
      },
    );
    await open("/api/graphql");
    const tabs = page.locator(".graphiql-tab");
    await tabs.first().waitFor();
    const count = await tabs.count();
    expect(count).toBeGreaterThan(0);
    for (let index = 0; index < count; index++) {
      const tab = tabs.nth(index).locator(".graphiql-tab-button");
      await tab.click();
      const editor = page.locator(".graphiql-query-editor .view-lines");
      await editor.filter({ hasText: (await tab.innerText()).trim() }).waitFor();
      await watch.settled();
      const answered = page.waitForResponse((response) =>
        /\/api\/graphql(\/stream)?$/.test(new URL(response.url()).pathname),
      );
      await page.getByRole("button", { name: /^Execute query/ }).click();
      const response = await answered;
      expect(response.status()).toBe(200);
      // A subscription goes on for ever; that it was accepted is enough.
      if (response.url().endsWith("/stream")) continue;
      const { data, errors } = await response.json();
      expect(errors).toBeUndefined();
      expect(data).toBeTruthy();
    }
    expect(elsewhere).toEqual([]);
    expect(watch.problems).toEqual([]);
  });

  test.each([
    "/nothing/here",
    "/studies/no-such-study",
    `/studies/${draftStudy.slug}`,
    "/studies/narrow-transfer/trials/0000",
    "/hosts/no-such-host",
    "/hosts/%00",
    "/contributors/no-such-person",
    "/contributors/%E0%A4%A",
    "/hosts?after=not-a-cursor",
    "/studies?after=not-a-cursor",
  ])("meets words and a way on at %s", async (path) => {
    const response = await page.goto(site.url + path);
    const body = await page.locator("body").innerText();
    expect([400, 404]).toContain(response?.status());
    expect(body).not.toMatch(/\bat \/|node_modules|Error:|undefined/);
    expect(body.length).toBeGreaterThan(20);
  });

  test("sees in every filter what the address says, and keeps the keyboard on what was chosen", async () => {
    await open("/studies?state=finished&mine=1&sort=title");
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Studies" }).click();
    await page.waitForURL(/\/studies$/);
    await expect.poll(() => page.locator("#state").inputValue()).toBe("");
    expect(await page.getByLabel("Mine only").isChecked()).toBe(false);
    const sort = page.locator("#sort");
    expect(await sort.inputValue()).toBe("newest");
    await sort.focus();
    await sort.selectOption("largest");
    await page.waitForURL(/sort=largest/);
    await watch.settled();
    expect(new URL(page.url()).searchParams.has("state")).toBe(false);
    expect(await sort.evaluate((field) => field === document.activeElement)).toBe(true);
  });

  test("chooses among the hosts", async () => {
    await open("/hosts");
    const hosts = page.locator("#hosts tbody tr");
    expect(await hosts.count()).toBe(3);
    await page.locator("#host-kind").selectOption("BROWSER");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.getByText("No host fits these filters.").waitFor();
    expect(page.url()).toMatch(/kind=BROWSER/);
    await page.getByRole("link", { name: "Show all" }).click();
    await hosts.first().waitFor();
    await page.locator("#host-order").selectOption("VALID_FLOPS");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.waitForURL(/order=VALID_FLOPS/);
    expect(await hosts.first().innerText()).toMatch(/Test bench/);
    await hosts.first().getByRole("link", { name: "Test bench" }).click();
    await page.getByRole("heading", { level: 1, name: "Test bench" }).waitFor();
    await page.getByText("1 to 20 of 120 results").waitFor();
  });

  test("sees who contributed, and renames only themselves", async () => {
    await open("/contributors");
    expect(await page.getByLabel("Your name").count()).toBe(0);
    expect((await page.locator("#ranking tbody tr").first().innerText()).split(/\s+/)[0]).toBe("1");
    await page.evaluate(() =>
      fetch("/api/auth/sign-in/anonymous", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{}",
      }),
    );
    await open("/contributors");
    const name = page.getByLabel("Your name");
    await name.fill(" ");
    await page.getByRole("button", { name: "Rename" }).click();
    await page.locator("#own-name-error").waitFor();
    await name.fill("Ada of the test");
    await page.getByRole("button", { name: "Rename" }).click();
    await page.getByText("You are Ada of the test now.").waitFor();
    await page.reload();
    expect(await name.inputValue()).toBe("Ada of the test");
    expect(watch.problems).toEqual([]);
  });
});
