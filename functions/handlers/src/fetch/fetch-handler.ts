import type { Peer } from "@widefield/graphql/http/handler";
import { failureResponse, type HttpHandler } from "../http-handler.ts";

/** What a platform hands over beside the request, as far as it tells the caller's address: Netlify's `ip`, Deno's `remoteAddr`. */
export interface FetchContext {
  readonly ip?: unknown;
  readonly remoteAddr?: { readonly hostname?: unknown } | null;
}

/** `(request, context) => response`, and the same function as `.fetch`, so that a default export of it suits every platform. */
export type FetchHandler = ((request: Request, context?: unknown) => Promise<Response>) & {
  fetch(request: Request, context?: unknown): Promise<Response>;
};

/**
 * Wraps the handler for platforms that call with a `Request`. Never throws: what goes wrong is logged and answered with 500.
 * Where the platform tells the address by header alone, WIDEFIELD_TRUSTED_PROXY says how many of its proxies to believe;
 * without it all callers are one network to the rule of one voice each.
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
  // Cloudflare-like platforms pass their bindings second, which tell no address.
  return Object.assign(answer, { fetch: answer });
}

function peerOf(context: unknown): Peer {
  if (typeof context !== "object" || context === null) return {};
  const { ip, remoteAddr }: FetchContext = context;
  const address = ip ?? remoteAddr?.hostname;
  return typeof address === "string" && address !== "" ? { address } : {};
}
