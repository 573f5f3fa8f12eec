import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureSiteBuilt } from "@widefield/cli/start/site-build";
import { type DatabaseKind, type FreshDatabase, freshDatabase } from "./database.ts";
import { type Seed, seedCommons } from "./seed.ts";

/** The whole site, built and served on a port of its own over a fresh, migrated database. */
export interface TestSite extends AsyncDisposable {
  /** `http://localhost:<port>`, which browsers take for secure. */
  readonly url: string;
  readonly database: FreshDatabase;
  /** Bearer token of the operator's trusted account. */
  readonly operatorToken: string;
  /** What the server has written so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface SiteOptions {
  readonly database: DatabaseKind;
  /** `empty`: nothing but the operator. `commons`: studies with results that a real volunteer computed. Default empty. */
  readonly seed?: Seed;
}

/** For the hook that starts a site: a first build may take minutes on a busy machine. */
export const SITE_START_MS = 900_000;

const bin = fileURLToPath(new URL("../../../apps/cli/bin/widefield.js", import.meta.url));

/**
 * Builds the site where it is older than its sources (a minute or so; else nothing), and serves it as `npm start` does.
 * The database goes when the test file ends; `stop` ends the server before that.
 */
export async function startSite({ database: kind, seed = "empty" }: SiteOptions): Promise<TestSite> {
  await ensureSiteBuilt(() => undefined);
  const database = await freshDatabase(kind);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const folder = await mkdtemp(join(tmpdir(), "widefield-site-"));
  const secret = randomBytes(32).toString("hex");
  const server = serve(port, {
    DATABASE_URL: database.url,
    WIDEFIELD_BASE_URL: url,
    WIDEFIELD_DATA_DIR: folder,
    WIDEFIELD_SECRET: secret,
    WIDEFIELD_LOG_LEVEL: "warn",
  });
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await server.listening;
    const operatorToken = await seedCommons({ url, databaseUrl: database.url, seed });
    return { url, database, operatorToken, log: server.log, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw new Error(`The site did not start.\n${server.log()}`, { cause: error });
  }
}

interface SiteServer {
  /** Rejects when it ends before it listens. */
  readonly listening: Promise<void>;
  log(): string;
  stop(): Promise<void>;
}

const PATIENCE_MS = 10_000;

function serve(port: number, env: NodeJS.ProcessEnv): SiteServer {
  const child = spawn(process.execPath, [bin, "serve-site", "--port", String(port), "--host", "localhost"], {
    env: { ...process.env, NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let log = "";
  const keep = (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-100_000);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    listening: new Promise((resolve, reject) => {
      child.once("message", () => resolve());
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`The server ended with ${code} before it listened.`)));
    }),
    log: () => log,
    stop: () => end(child, ended),
  };
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
  await ended;
  clearTimeout(timer);
}

/** A port that was free a moment ago on both loopback addresses' first. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port: 0, host: "127.0.0.1" }, () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("No port was free.")),
      );
    });
  });
}
