import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { noBrowser, openBrowser, type TestBrowser } from "../testkit/browser.ts";
import { finishedStudy } from "../testkit/seed.ts";
import { SITE_START_MS, startSite, type TestSite } from "../testkit/site.ts";
import { retype, tabTo } from "./keyboard.ts";
import { type PageWatch, seriousFindings, snap, watchPage } from "./page-check.ts";
import { fillByKeyboard } from "./publish-study.ts";

describe.skipIf(noBrowser)("a researcher", () => {
  let site: TestSite;
  let browser: TestBrowser;
  let page: Page;
  let watch: PageWatch;

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

  const open = async (path = "/new") => {
    await page.goto(site.url + path);
    await watch.settled();
  };
  const field = (name: string) => page.locator(`#field-${name}`);
  const errorAt = (name: string) => page.locator(`#field-${name}-error`).textContent();
  const review = () => page.getByRole("button", { name: "Review and publish" }).click();

  test("publishes a study by keyboard alone, from the form to the study's page", async () => {
    await open();
    await fillByKeyboard(page, "Three narrow widths");
    await page.getByText("of volunteers’ time").waitFor();
    await page.getByText("The first 8 of 12 trials").waitFor();
    await tabTo(page, "Review and publish");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Publish “Three narrow widths”?" });
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(/in 12 trials, each computed by at least 2 hosts/);
    expect(await seriousFindings(page)).toEqual([]);
    await snap(page, "new-study-dialog");

    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Review and publish");
    await page.keyboard.press("Enter");
    await dialog.waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(`${site.url}/studies/three-narrow-widths`);
    await page.getByRole("heading", { level: 1, name: "Three narrow widths" }).waitFor();
    expect(watch.problems).toEqual([]);

    await open();
    expect(await field("title").inputValue()).toBe("");
  });

  test("loses no draft to a reload, and may throw it away", async () => {
    await open();
    await field("title").fill("Half a thought");
    await page.getByLabel("Width: to").fill("2048");
    await page.reload();
    await page.getByText("Your draft is back as you left it.").waitFor();
    expect(await field("title").inputValue()).toBe("Half a thought");
    expect(await page.getByLabel("Width: to").inputValue()).toBe("2048");
    await page.getByRole("button", { name: "Start afresh" }).click();
    expect(await field("title").inputValue()).toBe("");
    await page.reload();
    await watch.settled();
    expect(await page.getByText("Your draft is back").count()).toBe(0);
  });

  test("sees no dialog but on asking: a change ends the review that waited for its quote", async () => {
    let answers = 0;
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/api/graphql", async (route) => {
      if (route.request().postData()?.includes("NewStudyQuote")) {
        answers += 1;
        await held;
      }
      await route.continue().catch(() => undefined);
    });
    await page.goto(`${site.url}/new`);
    await expect.poll(() => answers).toBeGreaterThan(0);
    await field("title").fill("Too early");
    await field("question").fill("Does it wait?");
    await review();
    await field("seeds").fill("2");
    release();
    await page.getByText("of volunteers’ time").waitFor();
    await watch.settled();
    expect(await page.getByRole("dialog").count()).toBe(0);
    await review();
    await page.getByRole("dialog").waitFor();
  });

  test("is told at every field what is wrong, and led to it", async () => {
    await open();
    await field("seeds").fill("0");
    expect(await errorAt("seeds")).toBe("A study needs at least one seed; 0 asks nothing.");
    await field("param-learningRate").fill("-1");
    expect(await errorAt("param-learningRate")).toMatch(/more than 0/);
    await review();
    const summary = page.getByRole("alert").filter({ hasText: "need a look" });
    expect(await summary.getByRole("link").allInnerTexts()).toEqual([
      "Title: Give the study a title.",
      "Question: Say what the study asks, in one sentence.",
      expect.stringContaining("Learning rate: "),
      expect.stringContaining("Seeds: "),
    ]);
    expect(await seriousFindings(page)).toEqual([]);
    await snap(page, "new-study-issues");
    await summary.getByRole("link", { name: /^Title/ }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("field-title");
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  test("is refused a sweep of a million trials, with both numbers", async () => {
    await open();
    await page.getByLabel("Parametrization: how it gets its values").selectOption("fixed");
    await page.getByLabel("Width: how it gets its values").selectOption("fixed");
    await page.getByLabel("Learning rate: how it gets its values").selectOption("geometric");
    await page.getByLabel("Learning rate: values").fill("1000");
    await field("seeds").fill("1000");
    const refusal = page.getByText(/asks for 1,000,000 trials; a study may have 100,000/).first();
    await refusal.waitFor();
    expect(await page.getByText("of volunteers’ time").count()).toBe(0);
  });

  test("hears a rule that only the experiment knows at its own field", async () => {
    await open();
    await page.getByText(/more params/).click();
    await field("param-loss").selectOption("cross-entropy");
    await page.locator("#field-param-loss-error").waitFor();
    expect(await errorAt("param-loss")).toMatch(/needs classes/);
    await field("param-dataset").selectOption("parity");
    await page.locator("#field-param-loss-error").waitFor({ state: "detached" });
    await page.getByText("of volunteers’ time").waitFor();
  });

  test("is told at the address that it is taken, and keeps the rest", async () => {
    await open();
    await field("title").fill("Another");
    await field("question").fill("Why not?");
    await field("slug").fill(finishedStudy.slug ?? "");
    await page.getByText("of volunteers’ time").waitFor();
    await review();
    await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
    await page.locator("#field-slug-error").waitFor();
    expect(await errorAt("slug")).not.toBe("");
    expect(await field("title").inputValue()).toBe("Another");
    await field("slug").fill("another-address");
    await page.getByText("of volunteers’ time").waitFor();
    await review();
    await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
    await page.waitForURL(`${site.url}/studies/another-address`);

    await open("/new?extend=another-address");
    await page.getByRole("heading", { name: "Extend “Another”" }).waitFor();
    await field("seeds").fill("0, 7, 9");
    await page.getByRole("button", { name: "Review and add" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Add the trials" }).click();
    await page.waitForURL(`${site.url}/studies/another-address`);
    await page
      .getByText(/of 5 trials|5 trials/)
      .first()
      .waitFor();
  });

  test("brings a study file along, and hears which line is wrong", async () => {
    await open();
    await page.getByRole("tab", { name: "Import" }).click();
    const box = page.getByLabel("YAML or JSON of a study");
    await box.fill("title: Broken\nsweep: [");
    await page.getByRole("button", { name: "Fill in the form" }).click();
    await page.getByText(/^Line 2 is neither YAML nor JSON/).waitFor();
    await box.fill(
      "title: From a file\nquestion: Does it fit?\nexperiment: feature-learning.mlp\nsweep:\n  axes:\n    width: [8, 16]\n  seeds: [3]\n",
    );
    await page.getByRole("button", { name: "Fill in the form" }).click();
    await page.getByText("The form is filled in.").waitFor();
    expect(await field("title").inputValue()).toBe("From a file");
    expect(await field("param-width").inputValue()).toBe("8, 16");
    expect(await field("seeds").inputValue()).toBe("[3]");
    await page.getByText("All 2 trials").waitFor();
  });

  test("begins from another study, and is told when there is none", async () => {
    await open(`/new?from=${finishedStudy.slug}`);
    expect(await field("title").inputValue()).toBe(finishedStudy.title);
    expect(await field("slug").inputValue()).toBe("");
    await page.getByText("The first 8 of 120 trials").waitFor();
    await page.getByText("120 known already").waitFor();
    await open("/new?from=no-such-study");
    await page.getByText("There is no study “no-such-study” to begin from.").waitFor();
    await open(`/new?extend=${finishedStudy.slug}`);
    await page.getByText(/not this browser’s to extend/).waitFor();
  });

  test("can use the form on a phone", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open();
    await page.getByText("The first 8 of 45 trials").waitFor();
    // The quote is in sight while the form is filled in.
    const bar = page.getByRole("link", { name: /^Quote/ });
    await expect.poll(() => bar.textContent()).toMatch(/^Quote45 trials, /);
    expect(await bar.evaluate((link) => link.getBoundingClientRect().bottom)).toBeLessThan(844);
    await page.getByRole("checkbox", { name: "NTP", exact: true }).uncheck();
    await page.getByLabel("Width: how it gets its values").selectOption("fixed");
    await tabTo(page, "Width: value");
    await retype(page, "64");
    await page.getByText("All 6 trials").waitFor();
    await expect.poll(() => bar.textContent()).toMatch(/^Quote6 trials, /);
    await snap(page, "new-study-phone");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
