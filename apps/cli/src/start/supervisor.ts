import { setTimeout as sleep } from "node:timers/promises";
import { CommandFailure } from "../failure/command-failure.ts";
import type { Child } from "./child.ts";

/** A child that lived shorter than this did not start; starting it again would not help. */
const startedAfterMs = 15_000;
const restartAfterMs = 2_000;

interface Kept {
  child: Child;
  readonly patienceMs: number;
}

interface KeepOptions {
  /** How long it may take to end once asked. */
  readonly patienceMs: number;
  /** Whether nothing else is of use without it. */
  readonly needed: boolean;
}

/** Keeps children running, and ends them in the reverse order of their start. */
export class Supervisor {
  readonly #say: (line: string) => void;
  readonly #onFailure: (failure: CommandFailure) => void;
  readonly #kept: Kept[] = [];
  #stopping = false;

  constructor(say: (line: string) => void, onFailure: (failure: CommandFailure) => void) {
    this.#say = say;
    this.#onFailure = onFailure;
  }

  /**
   * Starts a child and starts it again when it dies. One that dies while it starts is not started again; a needed one is then a failure.
   * @returns the first one.
   */
  async keep(name: string, { patienceMs, needed }: KeepOptions, launch: () => Promise<Child>): Promise<Child> {
    const child = await launch();
    const kept: Kept = { child, patienceMs };
    this.#kept.push(kept);
    this.#watch(name, kept, needed, launch).catch((error: unknown) =>
      this.#doWithout(needed, `The ${name} cannot be started again: ${error instanceof Error ? error.message : error}`),
    );
    return child;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    for (const { child, patienceMs } of [...this.#kept].reverse()) await child.stop(patienceMs);
  }

  async #watch(name: string, kept: Kept, needed: boolean, launch: () => Promise<Child>): Promise<void> {
    while (!this.#stopping) {
      const startedAt = performance.now();
      const code = await kept.child.ended;
      if (this.#stopping) return;
      if (performance.now() - startedAt < startedAfterMs) {
        return this.#doWithout(
          needed,
          `The ${name} did not start (exit code ${code}).\n${await kept.child.lastLines()}`,
        );
      }
      this.#say(`The ${name} ended unexpectedly (exit code ${code}) and is started again. Its log says why.`);
      await sleep(restartAfterMs);
      if (this.#stopping) return;
      kept.child = await launch();
      // A stop that came meanwhile has asked the one before it.
      if (this.#stopping) await kept.child.stop(kept.patienceMs);
    }
  }

  #doWithout(needed: boolean, message: string): void {
    if (needed) this.#onFailure(new CommandFailure(message));
    else this.#say(`${message}\nEverything else goes on without it; start again to try once more.`);
  }
}
