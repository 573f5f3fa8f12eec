import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Page, Request } from "playwright-core";

/** What went wrong on a page while it was watched. */
export interface PageWatch {
  /** Console errors, uncaught exceptions, failed requests and answers of 400 and more, in words. */
  readonly problems: readonly string[];
  /** Resolves when nothing has been under way for a moment; live streams, which never end, do not count. */
  settled(): Promise<void>;
}

export interface WatchOptions {
  /** Answers of 400 and more that belong to the test, by path. */
  readonly expected?: readonly string[];
}

const QUIET_MS = 300;
const GLANCE_MS = 50;
const PATIENCE_MS = 60_000;

/** Watches from now on; call it before the page goes anywhere. */
export function watchPage(page: Page, { expected = [] }: WatchOptions = {}): PageWatch {
  const problems: string[] = [];
  const underWay = new Set<Request>();
  // Chromium does not always say that a worker's script was answered, or that it ended; a worker that is there has it.
  const workerScripts = new Set<string>();
  page.on("worker", (worker) => workerScripts.add(addressOf(worker)));
  const awaited = () => [...underWay].filter((request) => !workerScripts.has(addressOf(request)));
  let quietSince = performance.now();
  const done = (request: Request) => {
    underWay.delete(request);
    quietSince = performance.now();
  };
  page.on("request", (request) => {
    if (!new URL(request.url()).pathname.endsWith("/stream")) underWay.add(request);
  });
  page.on("requestfinished", done);
  page.on("requestfailed", (request) => {
    done(request);
    // A page drops streams and prefetches on purpose when it is left.
    const reason = request.failure()?.errorText ?? "no reason";
    if (reason !== "net::ERR_ABORTED") problems.push(`failed: ${request.url()} (${reason})`);
  });
  page.on("console", (message) => {
    // Chromium logs every failed answer as well; those are taken below, with their address.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      problems.push(`console: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() < 400 || expected.includes(new URL(response.url()).pathname)) return;
    problems.push(`${response.status()}: ${response.url()}`);
  });
  return {
    problems,
    async settled() {
      const end = performance.now() + PATIENCE_MS;
      while (awaited().length > 0 || performance.now() - quietSince < QUIET_MS) {
        if (performance.now() > end) {
          throw new Error(`Still under way: ${awaited().map(addressOf).join(", ")}`);
        }
        await page.waitForTimeout(GLANCE_MS);
      }
    },
  };
}

/** Without what stands after a #, which a worker may be told by and no server is. */
function addressOf(one: { url(): string }): string {
  return one.url().replace(/#.*/, "");
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
            .slice(0, 3)
            .map((node) => node.target.join(" "))
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

/** Elements that make the page scroll sideways, five at most; empty is well. */
export async function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= edge) return [];
    return [...document.body.querySelectorAll("*")]
      .map((element) => ({ element, right: Math.round(element.getBoundingClientRect().right) }))
      .filter(({ right }) => right > edge)
      .slice(0, 5)
      .map(({ element, right }) => `${element.tagName.toLowerCase()}.${element.className} reaches ${right} of ${edge}`);
  });
}

/** Animations that move although the reader asked for stillness; empty is well. */
export async function moving(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    document
      .getAnimations()
      .filter((animation) => Number(animation.effect?.getComputedTiming().activeDuration ?? 0) > 50)
      .map(
        (animation) => `${animation.id || animation.constructor.name} of ${String(animation.timeline?.currentTime)}`,
      ),
  );
}

/** Bytes of JavaScript as transferred (compressed, without headers) while the page is opened. */
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
