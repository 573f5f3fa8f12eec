import { type Database, openDatabase } from "@widefield/prisma/open-database";
import { pino } from "pino";
import { createHandler, type Handler } from "./handler.ts";

interface Served {
  readonly handler: Handler;
  readonly database: Database;
}

/** Kept on the process, not in the module: bundlers give a route and a server component copies of their own. */
const key = Symbol.for("widefield.handler");
const store = globalThis as typeof globalThis & { [key]?: Served };

/**
 * The process-wide handler, made at the first call, from the environment:
 * DATABASE_URL and WIDEFIELD_SECRET (both needed), WIDEFIELD_BASE_URL, WIDEFIELD_TRUSTED_PROXY (how many proxies in front),
 * WIDEFIELD_LOG_LEVEL (default `info`).
 * @throws Error that names the missing or wrong variable.
 */
export function handlerFromEnv(env: NodeJS.ProcessEnv = process.env): Handler {
  store[key] ??= serve(env);
  return store[key].handler;
}

/** Ends the handler's streams and the connections to the database; the next call of `handlerFromEnv` begins anew. */
export async function closeHandlerFromEnv(): Promise<void> {
  const served = store[key];
  delete store[key];
  await served?.handler.close();
  await served?.database.close();
}

function serve(env: NodeJS.ProcessEnv): Served {
  const logger = pino({ level: env.WIDEFIELD_LOG_LEVEL || "info", base: { app: "widefield" } }, pino.destination(2));
  const database = openDatabase(needed(env, "DATABASE_URL"), {
    onConnectionError: (error) => logger.warn({ err: error }, "a connection to the database broke"),
  });
  const handler = createHandler({
    database,
    secret: needed(env, "WIDEFIELD_SECRET"),
    baseUrl: env.WIDEFIELD_BASE_URL || undefined,
    trustedProxies: proxies(env.WIDEFIELD_TRUSTED_PROXY),
    logger,
  });
  return { handler, database };
}

function needed(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value) return value;
  throw new Error(`${name} is not set. \`npm start\` sets it by itself; elsewhere set it in the environment.`);
}

function proxies(text: string | undefined): number {
  if (!text) return 0;
  if (text === "true") return 1;
  const count = Number(text);
  if (Number.isInteger(count) && count >= 0 && count <= 10) return count;
  throw new Error(`WIDEFIELD_TRUSTED_PROXY is the number of proxies in front of the server, 0 to 10, not "${text}".`);
}
