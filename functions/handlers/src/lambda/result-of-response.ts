import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { failureResponse } from "../http-handler.ts";

/** Lambda takes 6 MB of a buffered answer, the JSON around it and base64's third included. */
const maxBufferedBytes = 5_500_000;

/** A response as API Gateway wants it: text as it is, anything else as base64, cookies apart. Reads the body to its end. */
export async function resultOfResponse(response: Response): Promise<APIGatewayProxyStructuredResultV2> {
  if (response.headers.get("content-type")?.startsWith("text/event-stream")) {
    // A buffered answer ends before the first event arrives; clients fall back to polling.
    await response.body?.cancel();
    return resultOfResponse(failureResponse(501, "This deployment has no live stream. Ask again every few seconds."));
  }
  const body = await readUpTo(response, maxBufferedBytes);
  if (body === null) {
    return resultOfResponse(
      failureResponse(
        507,
        "This answer is too large for a buffered function. Ask for less at a time, or use the streaming function's address.",
      ),
    );
  }
  const isText = isTextual(response.headers);
  return {
    statusCode: response.status,
    headers: headersOf(response),
    cookies: response.headers.getSetCookie(),
    body: body.toString(isText ? "utf8" : "base64"),
    isBase64Encoded: !isText,
  };
}

/** Headers without cookies, which Lambda takes apart, and without the length, which it counts itself. */
export function headersOf(response: Response): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of response.headers) {
    if (name !== "set-cookie" && name !== "content-length") headers[name] = value;
  }
  return headers;
}

/** Null when there is more than `limit` once encoded. */
async function readUpTo(response: Response, limit: number): Promise<Buffer | null> {
  if (response.body === null) return Buffer.alloc(0);
  const encodedPerByte = isTextual(response.headers) ? 1 : 4 / 3;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    bytes += value.byteLength;
    if (bytes * encodedPerByte > limit) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
}

function isTextual(headers: Headers): boolean {
  if (headers.has("content-encoding")) return false;
  const type = headers.get("content-type") ?? "";
  return /^text\/|[/+]json\b|\bx-ndjson\b|\bxml\b|javascript/.test(type);
}
