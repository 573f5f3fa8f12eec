/** One message of the Postgres wire protocol, version 3, with its header. */
export interface Frame {
  /** The type byte as a character; empty for the untyped messages that open a connection. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Cuts the bytes that a client sends into messages, however the network cut them. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #length = 0;
  #typed = false;

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** From here on messages carry a type byte. */
  startTyped(): void {
    this.#typed = true;
  }

  /**
   * The next whole message, or null until more bytes arrive.
   * @throws on a length that no client of Postgres sends.
   */
  next(): Frame | null {
    const header = this.#typed ? 5 : 4;
    if (this.#length < header) return null;
    const first = this.#gather(header);
    const size = first.readInt32BE(header - 4) + (this.#typed ? 1 : 0);
    if (size < header || size > maxFrameBytes) throw new Error(`A message of ${size} bytes is not Postgres protocol.`);
    if (this.#length < size) return null;
    const all = this.#gather(size);
    const rest = all.subarray(size);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
    return { type: this.#typed ? String.fromCharCode(all[0] ?? 0) : "", bytes: new Uint8Array(all.subarray(0, size)) };
  }

  /** The buffered bytes joined once at least `size` of them are there, else the first chunks that hold `size`. */
  #gather(size: number): Buffer {
    const first = this.#chunks[0];
    if (first !== undefined && first.length >= size && this.#chunks.length === 1) return first;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}

/** As in Postgres: a message holds less than 1 GiB. */
const maxFrameBytes = 1 << 30;

export const protocolCode = { ssl: 80877103, gss: 80877104, cancel: 80877102 } as const;

/** AuthenticationCleartextPassword. */
export const askPassword = Uint8Array.of(0x52, 0, 0, 0, 8, 0, 0, 0, 3);

/** Ends a pipeline of the extended protocol. */
export const sync = Uint8Array.of(0x53, 0, 0, 0, 4);

/** The name in a Parse message; empty for the unnamed statement. */
export function preparedName(parse: Uint8Array): string {
  const end = parse.indexOf(0, 5);
  return Buffer.from(parse.subarray(5, end === -1 ? 5 : end)).toString("utf8");
}

/** Close of a prepared statement; no error if there is none of the name. */
export function closeStatement(name: string): Buffer {
  const text = Buffer.from(`S${name}\0`, "utf8");
  const head = Buffer.alloc(5);
  head.write("C");
  head.writeInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
}

/** ErrorResponse with severity FATAL, after which the server hangs up. */
export function fatal(code: string, message: string): Buffer {
  const fields = `SFATAL\0VFATAL\0C${code}\0M${message}\0\0`;
  const body = Buffer.from(fields, "utf8");
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
