import type { Peer } from "@widefield/graphql/http/handler";

/** Widefield's one fetch handler, as `@widefield/graphql/http` makes it. */
export type HttpHandler = (request: Request, peer: Peer) => Promise<Response>;

/** An answer that the wrapper itself gives, in the API's form of errors. */
export function failureResponse(status: number, message: string): Response {
  return Response.json({ errors: [{ message }] }, { status, headers: { "cache-control": "no-store" } });
}
