/** One line on standard error that is written over; on anything but a terminal, a plain line every few seconds. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #everyMs: number;
  #last = Number.NEGATIVE_INFINITY;
  #shown = false;

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
    this.#everyMs = stream.isTTY ? 100 : 2_000;
  }

  /** @param now monotonic milliseconds. */
  update(text: string, now: number): void {
    if (now - this.#last < this.#everyMs) return;
    this.#last = now;
    this.#shown = true;
    if (this.#stream.isTTY) this.#stream.write(`\r\x1b[2K${text}`);
    else this.#stream.write(`${text}\n`);
  }

  /** Leaves the terminal on an empty line. */
  end(): void {
    if (this.#shown && this.#stream.isTTY) this.#stream.write("\r\x1b[2K");
    this.#shown = false;
  }
}
