import { type DocumentNode, type ExecutionResult, GraphQLError, getOperationAST, parse } from "graphql";
import { createHandler } from "graphql-sse/lib/use/fetch";
import type { Logger } from "pino";
import type { ApiContext } from "../context.ts";
import { badUserInput } from "../failure/bad-user-input.ts";
import { schema } from "../schema.ts";
import { errorResponse } from "./error-response.ts";
import { formatGraphqlError } from "./graphql-error.ts";
import { limitedBody } from "./limited-body.ts";
import { maxTokens } from "./max-tokens.ts";
import { refuseNul } from "./refuse-nul.ts";

export interface StreamRoute {
  /** `/api/graphql/stream`: one subscription per request, as server-sent events (graphql-sse, distinct connections). */
  answer(request: Request, makeContext: () => Promise<ApiContext>, maxBodyBytes: number): Promise<Response>;
  /** Ends every open stream. */
  close(): void;
}

export function createStream(logger: Logger): StreamRoute {
  const closing = new AbortController();

  async function answer(
    request: Request,
    makeContext: () => Promise<ApiContext>,
    maxBodyBytes: number,
  ): Promise<Response> {
    if (request.method !== "GET" && request.method !== "POST") {
      return errorResponse(405, "Subscribe by GET or POST.", request, { allow: "GET, POST" });
    }
    if (!(request.headers.get("accept") ?? "*/*").match(/text\/event-stream|\*\/\*/)) {
      return errorResponse(406, "Subscriptions are answered as text/event-stream.", request);
    }
    const handler = createHandler({
      // Distinct connections alone: nothing is kept between requests, so any instance may answer.
      authenticate: () => null,
      onSubscribe: async (_request, { query, operationName, variables }) => {
        const document = readSubscription(query, operationName, variables);
        if (document instanceof GraphQLError) return { data: null, errors: [document] };
        return {
          schema,
          document,
          // The adapter makes an empty text of a name left out of the address.
          operationName: operationName || null,
          variableValues: variables,
          contextValue: await makeContext(),
        };
      },
      onNext: (_context, _request, result) => masked(result, logger),
    });
    const body = request.method === "POST" ? await limitedBody(request, maxBodyBytes) : undefined;
    const headers = new Headers(request.headers);
    headers.set("accept", "text/event-stream");
    const signal = AbortSignal.any([request.signal, closing.signal]);
    const init: RequestInit = { method: request.method, headers, signal };
    if (body) init.body = Buffer.from(body);
    const response = await handler(new Request(request.url, init));
    // Named by the adapter, but not a coding that HTTP knows.
    response.headers.delete("content-encoding");
    // Proxies that buffer would hold events back.
    response.headers.set("x-accel-buffering", "no");
    response.headers.set("cache-control", "no-store, no-transform");
    return response;
  }

  return { answer, close: () => closing.abort() };
}

/** The document, if what it asks for is a subscription. */
function readSubscription(
  query: unknown,
  operationName: string | null | undefined,
  variables: unknown,
): DocumentNode | GraphQLError {
  let document: DocumentNode;
  try {
    document = parse(String(query), { maxTokens });
  } catch (error) {
    return error instanceof GraphQLError ? error : new GraphQLError("The query cannot be read.");
  }
  if (getOperationAST(document, operationName || null)?.operation !== "subscription") {
    return badUserInput("Only subscriptions are answered here. Queries and mutations go to /api/graphql.");
  }
  return refuseNul(document, variables) ?? document;
}

/** Errors of the stream pass the same mask as everybody else's. */
function masked(result: unknown, logger: Logger): ExecutionResult | undefined {
  const { errors, ...rest } = result as ExecutionResult;
  if (!errors) return undefined;
  return {
    ...rest,
    errors: errors.map((error) => {
      const { message, extensions, path, locations } = formatGraphqlError(
        error instanceof GraphQLError ? error.toJSON() : error,
        error,
        logger,
      );
      return { message, extensions, path, locations } as unknown as GraphQLError;
    }),
  };
}
