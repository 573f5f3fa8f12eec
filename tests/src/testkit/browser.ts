import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { findChromium } from "../runner/requirement.ts";

/** A real Chromium with an empty profile of its own. Closing it removes the profile. */
export interface TestBrowser extends AsyncDisposable {
  /** The one profile: pages opened here share storage, as tabs do. */
  readonly profile: BrowserContext;
  /** A page in a fresh, empty context beside the profile, for checks that must not see each other. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
  /** Kills the process at once, as a crash would, and leaves no profile behind. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export interface BrowserOptions {
  /** WebGPU on SwiftShader, the software adapter that Debian's Chromium carries. Default false. */
  readonly webgpu?: boolean;
  readonly context?: BrowserContextOptions;
}

const inCi = process.env.CI === "true" || process.env.CI === "1";

/**
 * For `describe.skipIf(noBrowser)`: true where no Chromium is found, a visible skip. In CI it is always false, so that
 * `openBrowser` fails there and says what is missing.
 */
export const noBrowser: boolean = findChromium() === null && !inCi;

/** Starts Chromium. @throws Error when none is found: set CHROMIUM to its path. */
export async function openBrowser(options: BrowserOptions = {}): Promise<TestBrowser> {
  const executablePath = findChromium();
  if (executablePath === null) {
    throw new Error("No Chromium was found. Install it (apt-get install chromium) or set CHROMIUM to its path.");
  }
  const folder = await mkdtemp(join(tmpdir(), "widefield-profile-"));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  try {
    const profile = await chromium.launchPersistentContext(folder, {
      executablePath,
      headless: true,
      args: [...FLAGS, ...(options.webgpu === true ? WEBGPU_FLAGS : [])],
      ...options.context,
    });
    const browser = profile.browser();
    const close = async () => {
      await profile.close();
      await remove();
    };
    return {
      profile,
      async newPage(context) {
        if (!browser) throw new Error("The browser has no contexts beside its profile.");
        return (await browser.newContext(context)).newPage();
      },
      async kill() {
        const session = await browser?.newBrowserCDPSession();
        const gone = new Promise<void>((resolve) => profile.once("close", () => resolve()));
        // The browser dies before it can answer.
        session?.send("Browser.crash").catch(() => undefined);
        await gone;
        await remove();
      },
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

const FLAGS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const WEBGPU_FLAGS = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];
