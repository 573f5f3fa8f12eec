import { spawn } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { lock } from "proper-lockfile";
import { CommandFailure } from "../failure/command-failure.ts";
import { repositoryRoot, webFolder } from "../place/repository.ts";
import { sourceDigest } from "./source-digest.ts";

/** Everything that ends up in the site. */
const sources = [
  "apps/web",
  "apps/volunteer/src",
  "functions/experiments/src",
  "functions/datasets/src",
  "graphql/src",
  "prisma/src",
  "package-lock.json",
];

/** Where the site is built; `WIDEFIELD_NEXT_DIST` (relative to apps/web) moves it, as next.config.ts reads too. */
export function siteFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(webFolder, env.WIDEFIELD_NEXT_DIST ?? ".next");
}

/**
 * Builds the site where it is missing or older than its sources; else takes a moment to find that out.
 * Of two processes that start at once, one builds and the other waits.
 * @param onBuild called before a build begins, which takes a minute or so.
 * @returns whether it was built.
 * @param signal ends a build under way.
 * @throws CommandFailure with the end of the build's output; the signal's reason.
 */
export async function ensureSiteBuilt(onBuild: () => void, signal?: AbortSignal): Promise<boolean> {
  const folder = siteFolder();
  const stamp = join(folder, "widefield-sources");
  const isCurrent = async () => (await readFile(stamp, "utf8").catch(() => "")) === (await digest());
  if (await isCurrent()) return false;
  const cache = join(repositoryRoot, "node_modules", ".cache", "widefield");
  await mkdir(cache, { recursive: true });
  const release = await lock(cache, {
    lockfilePath: join(cache, "site-build.lock"),
    stale: 20_000,
    retries: { retries: 1200, minTimeout: 500, maxTimeout: 500 },
  });
  try {
    if (await isCurrent()) return false;
    onBuild();
    await rm(stamp, { force: true });
    const before = await digest();
    await build(signal);
    await writeFile(stamp, before);
    return true;
  } finally {
    await release();
  }
}

function digest(): Promise<string> {
  return sourceDigest(repositoryRoot, sources);
}

async function build(signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const next = createRequire(join(webFolder, "package.json")).resolve("next/dist/bin/next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: webFolder,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = () => child.kill("SIGTERM");
  signal?.addEventListener("abort", stop, { once: true });
  let output = "";
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-8_000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve(exitCode ?? 1));
  });
  signal?.removeEventListener("abort", stop);
  signal?.throwIfAborted();
  if (code !== 0) throw new CommandFailure(`The site could not be built.\n\n${output.trim()}`);
}
