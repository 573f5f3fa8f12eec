import { readFileSync } from "node:fs";
import type { APIGatewayProxyEventV2 } from "aws-lambda";

/** An event as AWS sent it, identifiers made harmless. */
export function recordedEvent(name: "http-api-post" | "http-api-staged-get" | "rest-api-get"): APIGatewayProxyEventV2 {
  return JSON.parse(readFileSync(new URL(`recorded/${name}.json`, import.meta.url), "utf8")) as APIGatewayProxyEventV2;
}

interface Sent {
  readonly path: string;
  readonly method?: string;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly sourceIp?: string;
  /** As API Gateway does with what is no text, and a function URL with everything. */
  readonly base64?: boolean;
}

/** The recorded POST with another request in it. */
export function eventOf({
  path,
  method = "POST",
  query = "",
  body,
  headers = {},
  sourceIp,
  base64,
}: Sent): APIGatewayProxyEventV2 {
  const event = recordedEvent("http-api-post");
  const { body: _recorded, ...rest } = event;
  const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
  const { "content-length": _length, ...recordedHeaders } = event.headers;
  return {
    ...rest,
    rawPath: path,
    rawQueryString: query,
    headers: { ...recordedHeaders, ...headers },
    requestContext: {
      ...event.requestContext,
      http: { ...event.requestContext.http, method, path, ...(sourceIp ? { sourceIp } : {}) },
    },
    ...(text === undefined ? {} : { body: base64 ? Buffer.from(text).toString("base64") : text }),
    isBase64Encoded: base64 ?? false,
  };
}
