import { type ApolloServer, HeaderMap } from "@apollo/server";
import type { ApiContext } from "../context.ts";
import { errorResponse } from "./error-response.ts";
import { BodyTooLarge, limitedBody } from "./limited-body.ts";

/** A POST must say that it is JSON in UTF-8: what a form of another site can send, cannot. */
const json = /^application\/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i;

/** `/api/graphql`: GraphQL over HTTP, by GET (queries alone) and POST. */
export async function graphqlRoute(
  apollo: ApolloServer<ApiContext>,
  request: Request,
  makeContext: () => Promise<ApiContext>,
  maxBodyBytes: number,
): Promise<Response> {
  let body: unknown;
  if (request.method === "POST") {
    const read = await readJson(request, maxBodyBytes);
    if (read instanceof Response) return read;
    body = read.value;
  }
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method,
      headers: new HeaderMap(request.headers),
      search: new URL(request.url).search,
      body,
    },
    context: makeContext,
  });
  const headers = new Headers([...answer.headers]);
  headers.set("cache-control", "no-store");
  if (answer.body.kind === "chunked") {
    return errorResponse(406, "Answers in parts (@defer, @stream) are not offered here.", request);
  }
  return new Response(answer.body.string, { status: answer.status ?? 200, headers });
}

async function readJson(request: Request, limit: number): Promise<{ value: unknown } | Response> {
  const type = request.headers.get("content-type") ?? "";
  if (!json.test(type)) {
    return errorResponse(415, `Send the query as application/json in UTF-8, not as "${type.slice(0, 80)}".`, request);
  }
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (encoding !== "identity") {
    return errorResponse(415, "Send the body as it is, without a content encoding.", request);
  }
  try {
    const bytes = await limitedBody(request, limit);
    return { value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) };
  } catch (error) {
    if (error instanceof BodyTooLarge) {
      return errorResponse(413, `A request may have ${limit} bytes at most. Send it in several.`, request);
    }
    if (error instanceof SyntaxError) return errorResponse(400, "The body is not valid JSON.", request);
    if (error instanceof TypeError) return errorResponse(400, "The body is not valid UTF-8, or broke off.", request);
    throw error;
  }
}
