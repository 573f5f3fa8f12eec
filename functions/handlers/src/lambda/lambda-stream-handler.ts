import type { Writable } from "node:stream";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { failureResponse, type HttpHandler } from "../http-handler.ts";
import { requestOfEvent } from "./request-of-event.ts";
import { headersOf } from "./result-of-response.ts";

/** What Lambda's Node runtime puts into the global scope. */
export interface LambdaRuntime {
  streamifyResponse(handler: StreamHandler): unknown;
  readonly HttpResponseStream: {
    from(stream: Writable, metadata: ResponseMetadata): Writable;
  };
}

export interface ResponseMetadata {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly cookies: string[];
}

export type StreamHandler = (event: APIGatewayProxyEventV2, stream: Writable) => Promise<void>;

/**
 * The same for a function URL in the invoke mode RESPONSE_STREAM: exports, dataset files and live events of any length.
 * Never throws; an answer that breaks off half-way is cut, so that the caller notices.
 */
export function createLambdaStreamHandler(handler: HttpHandler, runtime: LambdaRuntime): StreamHandler {
  return async (event, stream) => {
    const response = await answer(handler, event);
    const out = runtime.HttpResponseStream.from(stream, {
      statusCode: response.status,
      headers: headersOf(response),
      cookies: response.headers.getSetCookie(),
    });
    // The runtime sends status and headers with the first write and never at the end: without this one a 204, a 304 or an empty
    // body would arrive as 200 without headers (aws-lambda-nodejs-runtime-interface-client, issue 97).
    out.write("");
    if (response.body === null) {
      out.end();
      return;
    }
    try {
      await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), out);
    } catch (error) {
      console.error(error);
    }
  };
}

async function answer(handler: HttpHandler, event: APIGatewayProxyEventV2): Promise<Response> {
  try {
    const { request, peer } = requestOfEvent(event);
    return await handler(request, peer);
  } catch (error) {
    console.error(error);
    return failureResponse(500, "The server failed. The function's log says why.");
  }
}
