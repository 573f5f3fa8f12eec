/** A refusal in the shape of a GraphQL answer, which clients of every route can read. */
export function errorResponse(
  status: number,
  message: string,
  request?: Request,
  headers: Record<string, string> = {},
): Response {
  const accept = request?.headers.get("accept") ?? "";
  const type = accept.includes("application/graphql-response+json")
    ? "application/graphql-response+json; charset=utf-8"
    : "application/json; charset=utf-8";
  const response = Response.json({ errors: [{ message }] }, { status, headers });
  response.headers.set("content-type", type);
  response.headers.set("cache-control", "no-store");
  return response;
}
