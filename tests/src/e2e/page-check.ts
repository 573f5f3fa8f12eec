import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Page, Request } from "playwright-core";

/** What went wrong on a page while it was watched. */
export interface PageWatch {
  /** Console errors, uncaught exceptions, failed requests and answers of 400 and more, in words. */
  problems(): readonly string[];
}

export interface WatchOptions {
  /** Answers of 400 and more that belong to the test, by path. */
  readonly expected?: readonly string[];
}

/** Watches from now on; call it before the page goes anywhere. */
export function watchPage(page: Page, { expected = [] }: WatchOptions = {}): PageWatch {
  const problems: string[] = [];
  const isExpected = (url: string) => expected.includes(new URL(url).pathname);
  page.on("console", (message) => {
    // Chromium logs every failed answer as well; those are taken below, with their address.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      problems.push(`console: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => {
    if (!isAborted(request)) problems.push(`failed: ${request.url()} (${request.failure()?.errorText ?? "no reason"})`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !isExpected(response.url())) {
      problems.push(`${response.status()}: ${response.url()}`);
    }
  });
  return { problems: () => problems };
}

/** Requests that a page drops on purpose when it is left: streams, prefetches. */
function isAborted(request: Request): boolean {
  return request.failure()?.errorText === "net::ERR_ABORTED";
}

let axeSource: Promise<string> | null = null;

/** Serious and critical findings of axe-core, one line each; empty is well. */
export async function seriousFindings(page: Page): Promise<string[]> {
  axeSource ??= readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(await axeSource);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: AxeLike };
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(
        ({ id, help, nodes }) =>
          `${id}: ${help} (${nodes
            .map((node) => node.target.join(" "))
            .slice(0, 3)
            .join(", ")})`,
      );
  });
}

interface AxeLike {
  run(
    context: Document,
    options: { resultTypes: string[] },
  ): Promise<{ violations: { id: string; impact: string; help: string; nodes: { target: string[] }[] }[] }>;
}

/** Elements that reach past the right edge of the window, unless something around them scrolls; empty is well. */
export async function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= edge) return [];
    return [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > edge + 1)
      .slice(0, 5)
      .map(
        (element) =>
          `${element.tagName.toLowerCase()}.${element.className} to ${element.getBoundingClientRect().right}`,
      );
  });
}

/** Bytes of JavaScript as transferred (compressed, without headers) since the page was opened. */
export async function countScripts(page: Page, open: () => Promise<unknown>): Promise<number> {
  const scripts: Request[] = [];
  const take = (request: Request) => {
    if (request.resourceType() === "script") scripts.push(request);
  };
  page.on("requestfinished", take);
  await open();
  page.off("requestfinished", take);
  const sizes = await Promise.all(scripts.map((request) => request.sizes()));
  return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
}

/** Writes a picture of the whole page into the folder that WIDEFIELD_SCREENSHOTS names; does nothing without it. */
export async function snap(page: Page, name: string): Promise<void> {
  const folder = process.env.WIDEFIELD_SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
