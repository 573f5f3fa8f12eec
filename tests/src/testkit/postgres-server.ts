import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Client } from "pg";

export interface PostgresServer {
  /** Of its database "postgres", as superuser. */
  readonly url: string;
  /** Its programs: psql, pg_dump and the like. */
  readonly bin: string;
  /** The address of another database of the server. */
  urlOf(database: string): string;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Write to disk as in production; tests do without. */
  readonly durable?: boolean;
  /** More settings, as `name=value`. */
  readonly settings?: readonly string[];
}

/** The folder of the newest installed Postgres from 15 on, or null. */
export function postgresBin(): string | null {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian)
    ? readdirSync(debian)
        .map(Number)
        .filter((version) => version >= 15)
    : [];
  const candidates = versions.sort((a, b) => b - a).map((version) => join(debian, String(version), "bin"));
  candidates.push(...(process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== ""));
  return (
    candidates.find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres"))) ?? null
  );
}

/**
 * A Postgres of its own in a temporary folder, on a free loopback port; null where the machine has none.
 * It ends, and its folder goes, with `stop()` or with this process, however that ends.
 * @throws when there is none and CI=true: there a missing database is a failure.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer | null> {
  const bin = postgresBin();
  if (bin === null) {
    if (process.env.CI === "true") throw new Error("No Postgres 15 or newer on this machine, and CI=true.");
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), "widefield-postgres-"));
  const owner = unprivilegedOwner();
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, "data");
  try {
    execFileSync(
      join(bin, "initdb"),
      ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
      {
        ...owner,
        cwd: folder,
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
    const port = await freePort();
    const settings = [
      `port=${port}`,
      "listen_addresses=127.0.0.1",
      `unix_socket_directories=${folder}`,
      "max_connections=300",
      ...(options.durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
      ...(options.settings ?? []),
    ];
    // The shell ends the server and removes the folder when this process closes the pipe, also by dying.
    const keeper = spawn(
      "sh",
      [
        "-c",
        keeperScript,
        "sh",
        folder,
        join(bin, "postgres"),
        "-D",
        data,
        ...settings.flatMap((setting) => ["-c", setting]),
      ],
      {
        ...owner,
        cwd: "/",
        stdio: ["pipe", "ignore", "ignore"],
      },
    );
    const ended = new Promise<void>((resolve) => keeper.once("exit", () => resolve()));
    const urlOf = (database: string) => `postgresql://postgres@127.0.0.1:${port}/${database}`;
    const stop = async () => {
      keeper.ref();
      keeper.stdin.end();
      await ended;
    };
    await answers(urlOf("postgres")).catch(async (error: unknown) => {
      await stop();
      throw error;
    });
    // Waiting for it must not keep the process alive.
    keeper.unref();
    return { url: urlOf("postgres"), bin, urlOf, stop };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

const keeperScript = `folder=$1; shift; trap '' INT TERM HUP
"$@" & server=$!
cat > /dev/null
kill -QUIT $server; wait $server; rm -rf "$folder"`;

/** Postgres refuses to run as root; then it runs as the user that its package made. */
function unprivilegedOwner(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const ask = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: ask("-u"), gid: ask("-g") };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

async function answers(url: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
