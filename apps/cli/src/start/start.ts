import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureGenerated } from "@widefield/prisma/generate";
import { writePrivately } from "@widefield/volunteer/node/private-file";
import { CommandFailure } from "../failure/command-failure.ts";
import { dataFolder, makeDataFolder } from "../place/data-folder.ts";
import { operatorTokenFile } from "../server/credentials.ts";
import { startChild } from "./child.ts";
import { ownAddress } from "./own-address.ts";
import { choosePort, requireFreePort } from "./port.ts";
import { ensureSecret } from "./secret.ts";
import { ensureSiteBuilt } from "./site-build.ts";
import { claimStart } from "./start-claim.ts";
import { StopSignal } from "./stop-signal.ts";
import { Supervisor } from "./supervisor.ts";

export interface StartOptions {
  readonly port?: string;
  readonly host: string;
  readonly volunteer: boolean;
}

const say = (line: string) => console.log(line);

/**
 * `widefield start`: brings everything that is missing up to date, serves the site, and computes, until it is told to stop.
 * Returns when everything has ended in order.
 * @throws CommandFailure when it cannot start or go on.
 */
export async function start(options: StartOptions): Promise<void> {
  const port = choosePort(options.port);
  const folder = dataFolder();
  const server = new URL(`http://${ownAddress(options.host)}:${port}`);
  const stop = new StopSignal(say);
  await makeDataFolder(folder);
  const claim = await claimStart(folder, server.origin);
  const closers: (() => Promise<void>)[] = [() => claim.release()];
  try {
    await requireFreePort(port, options.host === "localhost" ? "127.0.0.1" : options.host);
    await prepare(stop.signal);
    await run({ host: options.host, volunteer: options.volunteer, port, folder, server, stop, closers });
  } catch (error) {
    // What was under way when somebody asked to stop may end as a failure of its own.
    if (!stop.asked) throw error;
  } finally {
    // One that fails keeps none of the others from closing, least of all the claim.
    for (const close of closers.reverse())
      await close().catch((error: Error) => say(`While stopping: ${error.message}`));
    stop.dispose();
  }
  say("Stopped. What was computed is kept; start again to go on.");
}

/** Everything that is made from the sources. */
async function prepare(signal: AbortSignal): Promise<void> {
  if (await ensureGenerated()) say("Generated the database client.");
  const started = performance.now();
  const built = await ensureSiteBuilt(
    () => say("Building the site. The first time this takes a minute or two …"),
    signal,
  );
  if (built) say(`Built the site in ${Math.round((performance.now() - started) / 1000)} s.`);
}

interface Running {
  readonly port: number;
  readonly host: string;
  readonly volunteer: boolean;
  readonly folder: string;
  readonly server: URL;
  readonly stop: StopSignal;
  /** Run in reverse order at the end. */
  readonly closers: (() => Promise<void>)[];
}

async function run({ port, host, volunteer, folder, server, stop, closers }: Running): Promise<void> {
  // These load the generated database client, which `prepare` may just have made.
  const { startDatabase } = await import("./start-database.ts");
  const { seedExampleStudies } = await import("./example-studies.ts");
  const { followProgress } = await import("./start-progress.ts");
  const { keepHouse } = await import("./keep-house.ts");
  if (stop.requested) return;

  say(process.env.DATABASE_URL ? "Preparing the database of DATABASE_URL …" : `Starting the database in ${folder} …`);
  const database = await startDatabase({
    dataFolder: folder,
    url: process.env.DATABASE_URL || undefined,
    onLost: (error) => stop.fail(new CommandFailure(`The database was taken by another process: ${error.message}`)),
  });
  closers.push(() => database.close());
  if (database.migrations.length > 0) say(`Brought the database to ${database.migrations.at(-1)}.`);
  await writePrivately(operatorTokenFile(folder), `${database.operatorToken}\n`);
  if (stop.requested) return;

  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: database.url,
    WIDEFIELD_DATA_DIR: folder,
    WIDEFIELD_SECRET: await ensureSecret(folder),
    WIDEFIELD_BASE_URL: process.env.WIDEFIELD_BASE_URL ?? server.origin,
    PORT: String(port),
  };
  const supervisor = new Supervisor(say, (failure) => stop.fail(failure));
  closers.push(() => supervisor.stop());
  await supervisor.keep("site", { patienceMs: 5_000, needed: true }, () =>
    startChild({ name: "site", args: ["serve-site", "--port", String(port), "--host", host], env, dataFolder: folder }),
  );
  await Promise.race([waitUntilHealthy(server, stop.signal), stop.ended]);
  if (stop.requested) return stop.ended;
  say(`\nWidefield is at ${server.origin}\n`);

  const seeded = await seedExampleStudies(server, database.operatorToken);
  if (seeded.length > 0) say(`Published the example studies: ${seeded.join(", ")}.`);
  if (volunteer && !stop.requested) {
    await supervisor.keep("volunteer", { patienceMs: 5_000, needed: false }, () =>
      startChild({
        name: "volunteer",
        args: ["volunteer", "--url", server.origin],
        // A folder of its own: a person may run another volunteer on this machine beside it.
        env: {
          ...env,
          NODE_ENV: process.env.NODE_ENV,
          WIDEFIELD_DATA_DIR: join(folder, "own-volunteer"),
          WIDEFIELD_TOKEN: database.operatorToken,
        },
        dataFolder: folder,
      }),
    );
    say("This machine's volunteer computes the studies; its results count at once.");
  }
  say(`Logs are in ${folder}/logs. Ctrl-C stops everything.`);
  const companions = [followProgress(server, say, stop.signal), keepHouse(database.url, stop.signal)];
  await stop.ended;
  await Promise.all(companions);
}

/** @throws CommandFailure when the site gives no sign of health for two minutes. */
async function waitUntilHealthy(server: URL, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + 120_000;
  while (!signal.aborted) {
    const healthy = await fetch(new URL("/api/health", server), { signal: AbortSignal.timeout(10_000) }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (healthy) return;
    if (performance.now() > deadline) throw new CommandFailure("The site does not answer; its log says why.");
    await sleep(150);
  }
}
