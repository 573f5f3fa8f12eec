import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { PrismaClient } from "./generated/client.ts";

/** The one open database of a process. */
export interface Database {
  readonly prisma: PrismaClient;
  /** The connections under `prisma`, for statements that it cannot say. */
  readonly pool: Pool;
  /** Waits for the queries under way. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Connections at most; 10. On the embedded database they all share one session, so more do not go faster. */
  readonly poolSize?: number;
  /** Milliseconds to wait for a connection to be made; 10 000. */
  readonly connectTimeoutMs?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
  /** Told of connections that break while idle; the pool replaces them by itself. */
  readonly onConnectionError?: (error: Error) => void;
}

/**
 * Opens a database by URL: a real Postgres, or the embedded one by the address that its owner recorded.
 * Connects at the first query, so a wrong address shows there (see `databaseHealth`).
 */
export function openDatabase(url: string, options: OpenOptions = {}): Database {
  const pool = new Pool({
    connectionString: url,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
    application_name: options.applicationName ?? "widefield",
  });
  pool.on("error", options.onConnectionError ?? (() => undefined));
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool),
    // On the embedded database a transaction waits for all others, so the usual 2 seconds are too few under load.
    transactionOptions: { maxWait: 15_000, timeout: 30_000 },
  });
  return {
    prisma,
    pool,
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
