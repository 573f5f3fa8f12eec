import type { Peer } from "@widefield/graphql/http/handler";
import { failureResponse, type HttpHandler } from "../http-handler.ts";

/** What a platform hands over beside the request; only Netlify's and Deno's caller address is of use. */
export interface FetchContext {
  readonly ip?: unknown;
}

/** `(request, context) => response`, and the same function as `.fetch`, so that a default export of it suits every platform. */
export type FetchHandler = ((request: Request, context?: unknown) => Promise<Response>) & {
  fetch(request: Request): Promise<Response>;
};

/**
 * Wraps the handler for platforms that call with a `Request`. Never throws: what goes wrong is logged and answered with 500.
 * Where the platform tells the address by header alone, WIDEFIELD_TRUSTED_PROXY says how many of its proxies to believe.
 */
export function createFetchHandler(handler: HttpHandler): FetchHandler {
  const answer = async (request: Request, context?: unknown): Promise<Response> => {
    try {
      return await handler(request, peerOf(context));
    } catch (error) {
      console.error(error);
      return failureResponse(500, "The server failed. The function's log says why.");
    }
  };
  // Cloudflare-like platforms pass their bindings second, which are no context.
  return Object.assign(answer, { fetch: (request: Request) => answer(request) });
}

function peerOf(context: unknown): Peer {
  if (typeof context !== "object" || context === null) return {};
  const { ip } = context as FetchContext;
  return typeof ip === "string" && ip !== "" ? { address: ip } : {};
}
