import { timingSafeEqual } from "node:crypto";
import { createServer, type Server, type Socket } from "node:net";
import type { PGlite } from "@electric-sql/pglite";
import { askPassword, closeStatement, FrameReader, fatal, preparedName, protocolCode, sync } from "./wire-frames.ts";

export interface SessionServerOptions {
  readonly password: string;
  /** A client that keeps a transaction open and says nothing for so long is rolled back and hung up on. */
  readonly idleInTransactionMs: number;
}

interface Connection {
  readonly socket: Socket;
  readonly frames: FrameReader;
  /** The startup message, until the password is there. */
  startup: Uint8Array | null;
  ready: boolean;
  /** Messages since the last one that the server must answer. */
  pending: Uint8Array[];
  /** Whole batches that wait for the session. */
  batches: Batch[];
  /** Names of the statements that it has prepared: they are the session's, and must go when the client does. */
  readonly prepared: Set<string>;
}

interface Batch {
  readonly messages: readonly Uint8Array[];
  /** Whether ReadyForQuery follows; a Flush leaves the pipeline open. */
  readonly ends: boolean;
}

/**
 * Serves the one session of a PGlite to many clients over the Postgres protocol on a loopback port.
 * A client has the session to itself from its first message until ReadyForQuery outside a transaction.
 * (pglite-socket 0.2.17 hands over single messages: when a client's parameters exceed one packet, another client's Parse comes in
 * between and the first client runs the other's statement; after an error in its queue it never goes on.)
 */
export class SessionServer {
  readonly #db: PGlite;
  readonly #options: SessionServerOptions;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  #owner: Connection | null = null;
  #running = false;
  #idle: NodeJS.Timeout | null = null;
  /** Prepared statements of clients that are gone. */
  #forgotten: string[] = [];
  #closing = false;
  #whenQuiet: (() => void)[] = [];

  constructor(db: PGlite, options: SessionServerOptions) {
    this.#db = db;
    this.#options = options;
    this.#server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
  }

  /** @returns the port. */
  async listen(port = 0): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, "127.0.0.1", resolve);
    });
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("The database's port is not known.");
    return address.port;
  }

  /** Hangs up on everybody and resolves when the statement under way, if any, has ended; open transactions are rolled back. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#forgotten = [];
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const connection of this.#connections) connection.socket.destroy();
    await closed;
    if (this.#running || this.#owner) await new Promise<void>((resolve) => this.#whenQuiet.push(resolve));
  }

  #accept(socket: Socket): void {
    const connection: Connection = {
      socket,
      frames: new FrameReader(),
      startup: null,
      ready: false,
      pending: [],
      batches: [],
      prepared: new Set(),
    };
    this.#connections.add(connection);
    socket.on("data", (chunk) => {
      try {
        connection.frames.push(chunk);
        this.#read(connection);
      } catch {
        socket.destroy();
      }
    });
    // An error is always followed by close.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.#connections.delete(connection);
      connection.batches = [];
      if (!this.#closing) for (const name of connection.prepared) this.#forgotten.push(name);
      void this.#run();
    });
  }

  #read(connection: Connection): void {
    for (;;) {
      const frame = connection.frames.next();
      if (frame === null) return;
      if (frame.type === "") this.#open(connection, frame.bytes);
      else if (!connection.ready) this.#authenticate(connection, frame.type, frame.bytes);
      else if (frame.type === "X") connection.socket.end();
      else {
        const name = frame.type === "P" ? preparedName(frame.bytes) : "";
        if (name !== "") connection.prepared.add(name);
        connection.pending.push(frame.bytes);
        if (answered.has(frame.type)) this.#enqueue(connection, frame.type !== "H");
      }
    }
  }

  #open(connection: Connection, bytes: Uint8Array): void {
    const code = Buffer.from(bytes).readInt32BE(4);
    if (code === protocolCode.ssl || code === protocolCode.gss) {
      connection.socket.write("N");
    } else if (code === protocolCode.cancel) {
      // There is no second process that could interrupt the first.
      connection.socket.end();
    } else {
      connection.startup = bytes;
      connection.frames.startTyped();
      connection.socket.write(askPassword);
    }
  }

  #authenticate(connection: Connection, type: string, bytes: Uint8Array): void {
    const given = Buffer.from(bytes.subarray(5, -1));
    const wanted = Buffer.from(this.#options.password);
    const same = given.length === wanted.length && timingSafeEqual(given, wanted);
    if (type !== "p" || connection.startup === null || !same) {
      connection.socket.end(fatal("28P01", "password authentication failed for the embedded database"));
      return;
    }
    connection.ready = true;
    connection.pending.push(connection.startup);
    connection.startup = null;
    this.#enqueue(connection, true);
  }

  #enqueue(connection: Connection, ends: boolean): void {
    connection.batches.push({ messages: connection.pending, ends });
    connection.pending = [];
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (;;) {
        const owner = this.#owner;
        if (owner !== null && !this.#connections.has(owner)) {
          await this.#abandon();
          continue;
        }
        if (owner === null && this.#forgotten.length > 0) {
          for (const name of this.#forgotten.splice(0)) await this.#send(closeStatement(name), null);
          await this.#send(sync, null);
        }
        const connection = owner ?? this.#nextInLine();
        const batch = connection?.batches.shift();
        if (connection === undefined || batch === undefined) break;
        await this.#execute(connection, batch);
      }
    } finally {
      this.#running = false;
    }
    if (this.#owner === null) for (const resolve of this.#whenQuiet.splice(0)) resolve();
  }

  /** Served connections go to the end of the set, so that none starves. */
  #nextInLine(): Connection | undefined {
    for (const connection of this.#connections) {
      if (connection.batches.length === 0) continue;
      this.#connections.delete(connection);
      this.#connections.add(connection);
      return connection;
    }
    return undefined;
  }

  async #execute(connection: Connection, batch: Batch): Promise<void> {
    if (this.#idle) clearTimeout(this.#idle);
    this.#owner = connection;
    try {
      for (const message of batch.messages) await this.#send(message, connection.socket);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      connection.socket.end(fatal("XX000", `the embedded database failed: ${reason}`));
      connection.socket.destroySoon();
      await this.#abandon();
      return;
    }
    if (batch.ends && !this.#db.isInTransaction()) {
      this.#owner = null;
      return;
    }
    this.#idle = setTimeout(() => this.#expire(connection), this.#options.idleInTransactionMs);
    this.#idle.unref();
  }

  #expire(connection: Connection): void {
    if (this.#owner !== connection || this.#running) return;
    connection.socket.end(fatal("25P03", "terminating connection due to idle-in-transaction timeout"));
    connection.socket.destroySoon();
    this.#connections.delete(connection);
    void this.#run();
  }

  /** Ends whatever the vanished owner left open. */
  async #abandon(): Promise<void> {
    if (this.#idle) clearTimeout(this.#idle);
    try {
      await this.#send(sync, null);
      if (this.#db.isInTransaction()) await this.#db.exec("ROLLBACK");
    } finally {
      this.#owner = null;
    }
  }

  async #send(message: Uint8Array, socket: Socket | null): Promise<void> {
    await this.#db.runExclusive(() =>
      this.#db.execProtocolRawStream(message, {
        onRawData: (data) => {
          if (socket?.writable) socket.write(Uint8Array.from(data));
        },
      }),
    );
  }
}

/** Types of client messages that the server answers at once: Query, Sync, FunctionCall, Flush, and the end of a copy. */
const answered = new Set(["Q", "S", "F", "H", "c", "f"]);
