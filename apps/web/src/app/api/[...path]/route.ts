import { handlerFromEnv } from "@widefield/graphql/http/handler-from-env";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/**
 * Everything under /api is the API's own handler. Next does not tell a route the socket's address, and fills in `x-forwarded-for`
 * only where the caller did not; so no address is passed on, and the handler trusts that header only where a proxy is declared.
 */
function answer(request: Request): Promise<Response> {
  return handlerFromEnv()(plain(request), {});
}

/** Next 16 takes `content-encoding` off a route's answer and leaves the body encoded: so files are asked for as they are. */
function plain(request: Request): Request {
  if (!new URL(request.url).pathname.startsWith("/api/data/")) return request;
  const headers = new Headers(request.headers);
  headers.delete("accept-encoding");
  return new Request(request.url, { method: request.method, headers, signal: request.signal });
}

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
};
