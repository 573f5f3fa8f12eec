import { ContributorsPageDocument, HostsPageDocument, StudyResultsDocument } from "@widefield/graphql/documents";
import { request } from "@widefield/graphql/documents/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noBrowser, openBrowser, type TestBrowser } from "../testkit/browser.ts";
import { finishedStudy, waitingStudy } from "../testkit/seed.ts";
import { SITE_START_MS, startSite, type TestSite } from "../testkit/site.ts";
import { countScripts, moving, overflowing, seriousFindings, snap, watchPage } from "./page-check.ts";

/** The acceptance: JavaScript before the start button is pressed. */
const SCRIPT_BUDGET = 250 * 1000;

const looks = [
  { width: 1280, height: 900, colorScheme: "light" },
  { width: 1280, height: 900, colorScheme: "dark" },
  { width: 390, height: 844, colorScheme: "light" },
  { width: 390, height: 844, colorScheme: "dark" },
] as const;

describe.skipIf(noBrowser)("every page", () => {
  let site: TestSite;
  let browser: TestBrowser;
  let paths: Record<string, string>;

  beforeAll(async () => {
    site = await startSite({ database: "pglite", seed: "commons" });
    browser = await openBrowser();
    paths = await knownPaths(site.url);
  }, SITE_START_MS);
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  const pages = [
    "home",
    "studies",
    "finished-study",
    "waiting-study",
    "history",
    "trial",
    "new-study",
    "new-study-from",
    "volunteer",
    "hosts",
    "host",
    "contributors",
    "contributor",
    "about",
    "graphiql",
    "missing-page",
    "missing-study",
  ];
  test.each(pages)("%s is clean at both widths, light and dark", async (name) => {
    const path = paths[name];
    if (path === undefined) throw new Error(`The seed has no ${name}.`);
    for (const { width, height, colorScheme } of looks) {
      const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
      const watch = watchPage(page, { expected: name.startsWith("missing") ? [path] : [] });
      const response = await page.goto(site.url + path);
      await watch.settled();
      await snap(page, `${name}-${width}-${colorScheme}`);
      const found = {
        look: `${width} px, ${colorScheme}`,
        status: response?.status(),
        problems: watch.problems,
        axe: await seriousFindings(page),
        overflow: await overflowing(page),
        moving: await moving(page),
        headings: await page.locator("h1").count(),
      };
      expect(found).toEqual({
        look: found.look,
        status: name.startsWith("missing") ? 404 : 200,
        problems: [],
        axe: [],
        overflow: [],
        moving: [],
        headings: 1,
      });
      await page.context().close();
    }
  });

  test.each(["home", "volunteer"])(
    "%s transfers little JavaScript before the start button is pressed",
    async (name) => {
      const page = await browser.newPage();
      const watch = watchPage(page);
      const bytes = await countScripts(page, async () => {
        await page.goto(site.url + (paths[name] ?? ""));
        await watch.settled();
      });
      console.log(`${name}: ${Math.round(bytes / 1000)} kB of JavaScript`);
      expect(bytes).toBeGreaterThan(0);
      expect(bytes).toBeLessThanOrEqual(SCRIPT_BUDGET);
      await page.context().close();
    },
  );

  test("the theme that a reader chose outlives a reload, against the system's", async () => {
    const page = await browser.newPage({ colorScheme: "light" });
    await page.goto(site.url);
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    const toggle = page.getByRole("button", { name: /colours/i });
    for (let presses = 0; presses < 3 && (await ground()) === light; presses++) await toggle.click();
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.reload();
    expect(await ground()).toBe(dark);
    await page.context().close();
  });
});

async function knownPaths(url: string): Promise<Record<string, string>> {
  const endpoint = `${url}/api/graphql`;
  const finished = finishedStudy.slug ?? "";
  const [{ hosts }, { contributors }, { study }] = await Promise.all([
    request(endpoint, HostsPageDocument, { first: 1 }),
    request(endpoint, ContributorsPageDocument, { first: 1 }),
    request(endpoint, StudyResultsDocument, { slug: finished, first: 1 }),
  ]);
  return {
    home: "/",
    studies: "/studies",
    "finished-study": `/studies/${finished}`,
    "waiting-study": `/studies/${waitingStudy.slug}`,
    history: `/studies/${finished}/history`,
    trial: `/studies/${finished}/trials/${study?.results.nodes[0]?.trial.digest}`,
    "new-study": "/new",
    "new-study-from": `/new?from=${finished}`,
    volunteer: "/volunteer",
    hosts: "/hosts",
    host: `/hosts/${hosts.nodes[0]?.id}`,
    contributors: "/contributors",
    contributor: `/contributors/${contributors.edges[0]?.node.id}`,
    about: "/about",
    graphiql: "/api/graphql",
    "missing-page": "/nothing/here",
    "missing-study": "/studies/no-such-study",
  };
}
