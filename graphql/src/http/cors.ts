/**
 * Lets pages of other sites read what is public, without credentials: with `*` browsers leave cookies out.
 * Accounts are not offered to other sites; their programs use bearer tokens, which they hold themselves.
 */
export function withCors(request: Request, path: string, response: Response): Response {
  if (path.startsWith("/api/auth")) return new Response(response.body, response);
  const preflight = request.method === "OPTIONS" && request.headers.has("access-control-request-method");
  const open = preflight ? new Response(null, { status: 204 }) : new Response(response.body, response);
  open.headers.set("access-control-allow-origin", "*");
  if (preflight) {
    open.headers.set("access-control-allow-methods", "GET, POST");
    open.headers.set("access-control-allow-headers", "content-type, authorization");
    open.headers.set("access-control-max-age", "86400");
  }
  return open;
}
