import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** `npm start` as a person calls it: signals reach npm alone. */
export interface StartProcess {
  readonly url: string;
  /** Of the start command itself, below npm. */
  pid(): Promise<number>;
  /** Everything that it has printed. */
  output(): string;
  /** Resolves when the text is printed; rejects when the process ends before. */
  says(text: string): Promise<void>;
  /** Exit code and how long it took after the signal. */
  end(signal: "SIGINT" | "SIGTERM"): Promise<{ code: number; ms: number }>;
  /** The exit code of one that ends by itself. */
  readonly ended: Promise<number>;
  /** Kills the start command itself, as a crash would. */
  kill(): Promise<void>;
}

export interface StartSettings {
  readonly dataFolder: string;
  readonly port: number;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export function startWidefield({ dataFolder, port, args = [], env = {} }: StartSettings): StartProcess {
  const { DATABASE_URL: _url, WIDEFIELD_SECRET: _secret, WIDEFIELD_TOKEN: _token, ...inherited } = process.env;
  const child = spawn("npm", ["start", "--", ...args], {
    cwd: root,
    env: { ...inherited, WIDEFIELD_DATA_DIR: dataFolder, PORT: String(port), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const listeners = new Set<() => void>();
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const ended = new Promise<number>((resolve) => child.once("close", (code) => resolve(code ?? -1)));
  return {
    url: `http://localhost:${port}`,
    pid: () => startedPid(dataFolder),
    output: () => output,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!output.includes(text)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        void ended.then((code) => reject(new Error(`It ended with ${code} before it said "${text}":\n${output}`)));
      }),
    end: async (signal) => {
      const before = performance.now();
      child.kill(signal);
      return { code: await ended, ms: performance.now() - before };
    },
    ended,
    kill: async () => {
      if (child.exitCode === null && child.signalCode === null) await crash(child, dataFolder);
      await ended;
    },
  };
}

async function crash(npm: ChildProcess, dataFolder: string): Promise<void> {
  const pid = await startedPid(dataFolder).catch(() => null);
  if (pid === null) npm.kill("SIGTERM");
  else process.kill(pid, "SIGKILL");
}

async function startedPid(dataFolder: string): Promise<number> {
  const { pid } = JSON.parse(await readFile(join(dataFolder, "start.json"), "utf8")) as { pid: number };
  return pid;
}

/** A data folder that goes when `dispose` is called. */
export async function temporaryFolder(): Promise<{ path: string; dispose(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "widefield-start-"));
  return { path, dispose: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) };
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
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

/** Processes of this machine whose environment names the folder: what a start left behind. Linux alone; elsewhere none. */
export async function processesOf(folder: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir("/proc").catch(() => [])) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    const environment = await readFile(`/proc/${name}/environ`, "utf8").catch(() => "");
    if (environment.split("\0").some((entry) => entry.startsWith(`WIDEFIELD_DATA_DIR=${folder}`)))
      found.push(Number(name));
  }
  return found;
}

/** Asks the API. @throws when it answers with errors. */
export async function askApi<Data>(url: string, query: string, variables: object = {}, token?: string): Promise<Data> {
  const response = await fetch(`${url}/api/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data?: Data; errors?: { message: string }[] };
  if (answer.errors || !answer.data) throw new Error(JSON.stringify(answer.errors ?? answer));
  return answer.data;
}
