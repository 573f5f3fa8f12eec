/** What the platform says of the caller. */
export interface Peer {
  /** The caller's address as the platform itself saw it; never one that the caller wrote into a header. */
  readonly address?: string;
}

/** Widefield's one fetch handler, as `@widefield/graphql/http` makes it. */
export type HttpHandler = (request: Request, peer: Peer) => Promise<Response>;

/** A failure that the API could not answer itself, in the API's own form. The reason is for the logs. */
export function failureResponse(status: number, message: string): Response {
  return Response.json({ errors: [{ message }] }, { status, headers: { "cache-control": "no-store" } });
}
