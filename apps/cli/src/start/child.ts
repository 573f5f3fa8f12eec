import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { repositoryRoot } from "../place/repository.ts";
import { openLog } from "./log-file.ts";

export interface ChildOptions {
  /** Also the name of its log. */
  readonly name: string;
  /** Arguments of the `widefield` command. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly dataFolder: string;
}

/** A process of ours that runs a `widefield` command beside the start command. */
export interface Child {
  readonly pid: number;
  /** The exit code, 1 after a signal. */
  readonly ended: Promise<number>;
  /** The end of its log, for a message about an unexpected end. */
  lastLines(): Promise<string>;
  /** Asks it to end, and ends it when it has not after `patienceMs`. */
  stop(patienceMs: number): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

/**
 * Starts a child in a process group of its own, so that Ctrl-C reaches the start command alone and everything ends in order.
 * Its channel tells it when the start command is gone, however that ended.
 */
export async function startChild({ name, args, env, dataFolder }: ChildOptions): Promise<Child> {
  const log = await openLog(dataFolder, name);
  const bin = join(repositoryRoot, "apps", "cli", "bin", "widefield.js");
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: repositoryRoot,
    env,
    detached: true,
    stdio: ["ignore", log.fd, log.fd, "ipc"],
  });
  const ended = new Promise<number>((resolve) => {
    child.once("error", () => resolve(1));
    child.once("exit", (code) => resolve(code ?? 1));
  });
  await log.close();
  return {
    pid: child.pid ?? -1,
    ended,
    lastLines: async () =>
      (await readFile(log.path, "utf8").catch(() => "")).trimEnd().split("\n").slice(-12).join("\n"),
    stop: (patienceMs) => stop(child, ended, patienceMs),
    kill: () => void child.kill("SIGKILL"),
  };
}

async function stop(child: ChildProcess, ended: Promise<number>, patienceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), patienceMs);
  await ended;
  clearTimeout(timer);
}

/** In a child: ends with the start command, also when that was killed. Does nothing in a command that nobody started this way. */
export function endWithParent(end: () => void): void {
  if (process.channel === undefined) return;
  process.once("disconnect", end);
  // The channel alone must not keep a finished child alive.
  process.channel?.unref();
}
