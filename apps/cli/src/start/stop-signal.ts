/** A second Ctrl-C this soon after the first is the same one: npm hands on what the terminal has sent already. */
const sameKeyMs = 1_000;

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Collects the reasons to end: Ctrl-C, SIGTERM, the terminal closing, or the failure of a part that cannot be done without. */
export class StopSignal {
  /** Settles with the first reason: resolved when somebody asked, rejected after a failure. */
  readonly ended: Promise<void>;
  readonly #controller = new AbortController();
  readonly #say: (line: string) => void;
  #resolve: () => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;
  #askedAt = 0;

  constructor(say: (line: string) => void) {
    this.#say = say;
    this.ended = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // It may fail before anybody waits for it.
    this.ended.catch(() => undefined);
    for (const name of signals) process.on(name, this.#onSignal);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether a person, or the system, asked. */
  get asked(): boolean {
    return this.#askedAt > 0;
  }

  /** Whether anything is ending it. */
  get requested(): boolean {
    return this.signal.aborted;
  }

  /** Ends with a failure. */
  fail(error: Error): void {
    this.#controller.abort();
    this.#reject(error);
  }

  dispose(): void {
    for (const name of signals) process.off(name, this.#onSignal);
  }

  readonly #onSignal = (): void => {
    const now = performance.now();
    if (!this.requested) {
      this.#askedAt = now;
      this.#say("\nStopping …");
      this.#controller.abort();
      this.#resolve();
    } else if (now - this.#askedAt > sameKeyMs) {
      // Children notice that their parent is gone; the database recovers by itself at the next start.
      process.exit(130);
    }
  };
}
