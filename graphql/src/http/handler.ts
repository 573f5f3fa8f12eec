import { randomUUID } from "node:crypto";
import { serveData } from "@widefield/datasets/store/serve-blob";
import type { Database } from "@widefield/prisma/open-database";
import { type Logger, pino } from "pino";
import { createAuth } from "../auth/auth.ts";
import { sessionToken } from "../auth/session-token.ts";
import { findViewer } from "../auth/viewer.ts";
import type { ApiContext } from "../context.ts";
import { studyDownload } from "../download/study-download.ts";
import { createFeed } from "../live/feed.ts";
import { makeLoaders } from "../loader/loaders.ts";
import { schema } from "../schema.ts";
import { createApollo } from "./apollo.ts";
import { callerAddress, networkHash, type TrustedProxies } from "./caller-address.ts";
import { withCors } from "./cors.ts";
import { errorResponse } from "./error-response.ts";
import { graphqlRoute } from "./graphql-route.ts";
import { healthRoute } from "./health-route.ts";
import { BodyTooLarge, limitedBody } from "./limited-body.ts";
import { mayUseCookie } from "./same-origin.ts";
import { createStream } from "./stream-route.ts";

export interface HandlerOptions {
  readonly database: Database;
  /** Signs sessions and keys the hashes of networks; 32 characters at least, the same for every instance. */
  readonly secret: string;
  /** The site's own address, `https://widefield.example`; default `http://localhost:3000`. */
  readonly baseUrl?: string | undefined;
  /** Structured log; the default writes warnings and errors to stderr. */
  readonly logger?: Logger | undefined;
  /** Proxies in front that may be believed about addresses; default 0. */
  readonly trustedProxies?: TrustedProxies | undefined;
  /** Largest request body in bytes; default 8 MiB. */
  readonly maxBodyBytes?: number | undefined;
  /** Milliseconds between polls of the database for live streams; default 1000. */
  readonly livePollMs?: number | undefined;
  readonly now?: (() => Date) | undefined;
}

/** What the server knows of a connection beside its headers. */
export interface Peer {
  /** Of the socket. Left out: unknown, and all of whom that is said are one network. */
  readonly address?: string | undefined;
}

/** Answers everything under `/api/`. `close` ends its live streams; the database stays the caller's. */
export type Handler = ((request: Request, peer?: Peer) => Promise<Response>) & { close(): Promise<void> };

/**
 * The one fetch handler: the site, the serverless functions and the tests all serve this.
 * It keeps no state that another instance would miss.
 * @throws when the secret is too short to keep anything secret.
 */
export function createHandler(options: HandlerOptions): Handler {
  const { database, secret, trustedProxies = 0, maxBodyBytes = 8 * 1024 * 1024, now = () => new Date() } = options;
  if (secret.length < 32) throw new Error("The secret (WIDEFIELD_SECRET) needs 32 characters at least.");
  const baseUrl = new URL(options.baseUrl ?? "http://localhost:3000").origin;
  const log = options.logger ?? pino({ level: "warn" }, pino.destination(2));
  const auth = createAuth({ database, secret, baseUrl, logger: log });
  const apollo = createApollo(log);
  apollo.startInBackgroundHandlingStartupErrorsByLoggingAndFailingAllRequests();
  const feed = createFeed({
    database,
    logger: log,
    now,
    ...(options.livePollMs ? { intervalMs: options.livePollMs } : {}),
  });
  const stream = createStream(log);

  const networkOf = (address: string | null): string | null => {
    if (address === null) warnOfUnknown();
    return networkHash(address, secret);
  };
  const warnOfUnknown = once(() => log.warn(unknownAddresses));

  const route = async (request: Request, path: string, context: () => Promise<ApiContext>): Promise<Response> => {
    const [, , noun, ...rest] = path.split("/");
    if (path === "/api/graphql") return graphqlRoute(apollo, request, context, maxBodyBytes);
    if (path === "/api/graphql/stream") return stream.answer(request, context, maxBodyBytes);
    if (path === "/api/health") return healthRoute(database, request);
    if (noun === "auth") return auth(await bounded(request, maxBodyBytes));
    if (noun === "data") return serveData(database, rest.join("/"), request);
    if (noun === "studies" && rest.length === 2) {
      return studyDownload(request, rest, await context(), schema, baseUrl);
    }
    return errorResponse(404, `There is nothing at ${path}. The API is at /api/graphql.`, request);
  };

  const handle = async (request: Request, peer: Peer = {}): Promise<Response> => {
    const start = performance.now();
    const path = new URL(request.url).pathname.replace(/\/+$/, "");
    const id = randomUUID();
    const logger = log.child({ requestId: id });
    const address = callerAddress(request.headers, peer.address, trustedProxies);
    const context = async (): Promise<ApiContext> => {
      const token = sessionToken(request.headers, secret);
      return {
        database,
        viewer: token === null ? null : await findViewer(database, token, now()),
        loaders: makeLoaders(database, now),
        feed,
        address,
        networkHash: () => networkOf(address),
        logger,
        now,
      };
    };
    let response: Response;
    try {
      response = mayUseCookie(request, [baseUrl])
        ? await route(request, path, context)
        : errorResponse(403, "This request comes from a page of another site, with a cookie of this one.", request);
    } catch (error) {
      response = refusal(error, request, logger);
    }
    response = withCors(request, path, response);
    response.headers.set("x-request-id", id);
    logger.info({ method: request.method, path, status: response.status, ms: Math.round(performance.now() - start) });
    return response;
  };

  return Object.assign(handle, {
    close: async () => {
      stream.close();
      feed.close();
    },
  });
}

const unknownAddresses =
  "The callers' addresses are unknown here, so that all of them count as one network and no two of them answer the same unit. " +
  "Set WIDEFIELD_TRUSTED_PROXY to the number of proxies in front that append to X-Forwarded-For.";

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    act();
  };
}

/** The same request with its body read within bounds. */
async function bounded(request: Request, limit: number): Promise<Request> {
  if (!request.body) return request;
  const body = await limitedBody(request, limit);
  return new Request(request.url, { method: request.method, headers: request.headers, body: Buffer.from(body) });
}

function refusal(error: unknown, request: Request, logger: Logger): Response {
  if (error instanceof BodyTooLarge) return errorResponse(413, "The request is too large.", request);
  const errorId = randomUUID();
  logger.error({ err: error, errorId }, "request failed");
  return errorResponse(500, `Something went wrong on the server. Its log knows this as ${errorId}.`, request);
}
