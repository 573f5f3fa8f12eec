import type { Peer } from "@widefield/graphql/http/handler";
import type { APIGatewayProxyEventV2 } from "aws-lambda";

/** An API Gateway (HTTP API) or function-URL event, payload format 2.0, as a request and its caller. */
export interface EventRequest {
  readonly request: Request;
  readonly peer: Peer;
}

/**
 * Translates an event of payload format 2.0. A stage in the path is taken off, cookies come back as one header, base64 bodies as bytes.
 * @throws TypeError for an event of another format (1.0, a load balancer's), in words for whoever set the gateway up.
 */
export function requestOfEvent(event: APIGatewayProxyEventV2): EventRequest {
  if (event.version !== "2.0" || event.requestContext?.http === undefined) {
    throw new TypeError(
      "This function takes events of payload format 2.0. Set the integration's payload format version to 2.0, or use a function URL.",
    );
  }
  const { http, domainName, stage } = event.requestContext;
  const headers = new Headers();
  for (const [name, value] of Object.entries(event.headers ?? {})) {
    if (value !== undefined) headers.append(name, value);
  }
  if (event.cookies && event.cookies.length > 0) headers.set("cookie", event.cookies.join("; "));

  const query = event.rawQueryString ? `?${event.rawQueryString}` : "";
  const url = new URL(`https://${domainName || "localhost"}${withoutStage(event.rawPath, stage)}${query}`);
  const mayHaveBody = http.method !== "GET" && http.method !== "HEAD";
  const body = mayHaveBody ? bodyOf(event) : null;
  return {
    request: new Request(url, { method: http.method, headers, body }),
    peer: http.sourceIp ? { address: http.sourceIp } : {},
  };
}

function bodyOf(event: APIGatewayProxyEventV2): Uint8Array<ArrayBuffer> | string | null {
  if (event.body === undefined) return null;
  return event.isBase64Encoded ? new Uint8Array(Buffer.from(event.body, "base64")) : event.body;
}

/** HTTP APIs put every stage but `$default` before the path. */
function withoutStage(path: string, stage: string | undefined): string {
  if (!stage || stage === "$default") return path;
  const prefix = `/${stage}`;
  return path === prefix ? "/" : path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
}
