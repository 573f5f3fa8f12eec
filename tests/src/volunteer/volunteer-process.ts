import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const bin = fileURLToPath(new URL("../../../apps/cli/bin/widefield.js", import.meta.url));

/** `widefield volunteer` as a process of its own. */
export interface VolunteerProcess {
  output(): string;
  /** Resolves when a line matches; rejects when the process ends before. */
  says(pattern: RegExp): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** As Ctrl-C does; the exit code. */
  interrupt(): Promise<number>;
  readonly ended: Promise<number>;
}

/** Ends with the test. */
export function volunteerProcess(url: string, dataDir: string, args: readonly string[] = []): VolunteerProcess {
  const { WIDEFIELD_TOKEN: _token, WIDEFIELD_URL: _url, ...inherited } = process.env;
  const child = spawn(process.execPath, [bin, "volunteer", "--url", url, "--backend", "wasm", ...args], {
    env: { ...inherited, NO_COLOR: "1", WIDEFIELD_DATA_DIR: dataDir },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer) => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const ended = new Promise<number>((resolve) => child.once("close", (code) => resolve(code ?? -1)));
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null) child.kill(signal);
    return await ended;
  };
  onTestFinished(async () => {
    await end("SIGKILL");
  });
  return {
    output: () => output,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(output)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        void ended.then((code) => reject(new Error(`It ended with ${code} before it said ${pattern}:\n${output}`)));
      }),
    kill: async () => {
      await end("SIGKILL");
    },
    interrupt: () => end("SIGINT"),
    ended,
  };
}
