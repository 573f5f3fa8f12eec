import { Readable, Writable } from "node:stream";
import { createLambdaHandler } from "@widefield/handlers/lambda/lambda-handler";
import { createLambdaStreamHandler, type ResponseMetadata } from "@widefield/handlers/lambda/lambda-stream-handler";
import { requestOfEvent } from "@widefield/handlers/lambda/request-of-event";
import { describe, expect, test, vi } from "vitest";
import { eventOf, recordedEvent } from "./recorded-event.ts";

describe("an event becomes a request", () => {
  test("a POST keeps its body, headers and the caller's address", async () => {
    const { request, peer } = requestOfEvent(recordedEvent("http-api-post"));
    expect(request.method).toBe("POST");
    expect(request.url).toBe("https://r3pmxmplak.execute-api.eu-central-1.amazonaws.com/api/graphql");
    expect(request.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(await request.json()).toEqual({ query: "{ commons { studies trials } }" });
    expect(peer).toEqual({ address: "203.0.113.17" });
  });

  test("a stage goes off the path, cookies come back, and the caller's own X-Forwarded-For is not the address", () => {
    const { request, peer } = requestOfEvent(recordedEvent("http-api-staged-get"));
    expect(new URL(request.url).pathname).toBe("/api/graphql");
    expect(new URL(request.url).searchParams.get("query")).toBe("{commons{studies}}");
    expect(request.headers.get("cookie")).toBe("better-auth.session_token=abc.def%3D; theme=dark");
    expect(peer).toEqual({ address: "203.0.113.17" });
  });

  test("a path that only begins like the stage is left alone", () => {
    const staged = recordedEvent("http-api-staged-get");
    const { request } = requestOfEvent({ ...staged, rawPath: "/production/api" });
    expect(new URL(request.url).pathname).toBe("/production/api");
  });

  test("a base64 body comes back byte for byte", async () => {
    const bytes = Buffer.from([0, 255, 128, 13, 10, 0xc3, 0x28]);
    const event = { ...eventOf({ path: "/api/x" }), body: bytes.toString("base64"), isBase64Encoded: true };
    const { request } = requestOfEvent(event);
    expect(Buffer.from(await request.arrayBuffer()).equals(bytes)).toBe(true);
  });

  test("an event of format 1.0 is refused with what to do", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const handler = createLambdaHandler(async () => new Response("never"));
    const result = await handler(recordedEvent("rest-api-get"));
    expect(result.statusCode).toBe(500);
    expect(String(log.mock.calls[0]?.[0])).toContain("payload format version to 2.0");
    log.mockRestore();
  });
});

describe("a response becomes a result", () => {
  const answer = (response: Response) => createLambdaHandler(async () => response)(eventOf({ path: "/api/x" }));

  test("text stays text, umlauts too", async () => {
    const result = await answer(Response.json({ größe: "½" }));
    expect(result).toMatchObject({ statusCode: 200, isBase64Encoded: false, body: '{"größe":"½"}' });
  });

  test.each([
    ["application/graphql-response+json; charset=utf-8", {}],
    ["text/csv; charset=utf-8", {}],
    ["application/x-ndjson", {}],
  ])("%s is text", async (type) => {
    const result = await answer(new Response("a", { headers: { "content-type": type } }));
    expect(result).toMatchObject({ isBase64Encoded: false, body: "a" });
  });

  test("bytes come as base64, and so does compressed text", async () => {
    const bytes = new Uint8Array([0, 255, 1]);
    const binary = await answer(new Response(bytes, { headers: { "content-type": "application/octet-stream" } }));
    expect(binary).toMatchObject({ isBase64Encoded: true, body: Buffer.from(bytes).toString("base64") });
    const gzip = { "content-type": "application/json", "content-encoding": "gzip" };
    expect((await answer(new Response(bytes, { headers: gzip }))).isBase64Encoded).toBe(true);
  });

  test("every cookie is kept, none in the headers", async () => {
    const response = new Response(null, { status: 204 });
    response.headers.append("set-cookie", "a=1; HttpOnly");
    response.headers.append("set-cookie", "b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT");
    const result = await answer(response);
    expect(result.cookies).toEqual(["a=1; HttpOnly", "b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT"]);
    expect(Object.keys(result.headers ?? {})).not.toContain("set-cookie");
    expect(result).toMatchObject({ statusCode: 204, body: "" });
  });

  test("a live stream is answered 501 and let go, so that clients poll", async () => {
    let cancelled = false;
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode(":\n\n")),
      cancel: () => {
        cancelled = true;
      },
    });
    const result = await answer(new Response(endless, { headers: { "content-type": "text/event-stream" } }));
    expect(result.statusCode).toBe(501);
    expect(cancelled).toBe(true);
  });

  test("what is larger than Lambda takes is answered 507, not cut", async () => {
    const large = new Uint8Array(4_500_000);
    const binary = { "content-type": "application/octet-stream" };
    expect((await answer(new Response(large, { headers: binary }))).statusCode).toBe(507);
    expect((await answer(new Response(large, { headers: { "content-type": "text/csv" } }))).statusCode).toBe(200);
  });

  test("a handler that throws is answered 500, and its reason stays in the log", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const handler = createLambdaHandler(async () => {
      throw new Error("password of the database");
    });
    const result = await handler(eventOf({ path: "/api/x" }));
    expect(result.statusCode).toBe(500);
    expect(result.body).not.toContain("password");
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });
});

describe("a streamed response", () => {
  /** Lambda's runtime as far as its source says: metadata before the first write, be it empty, and not at all without one. */
  function runtime() {
    const seen: { metadata: ResponseMetadata | null; chunks: Buffer[]; ended: boolean } = {
      metadata: null,
      chunks: [],
      ended: false,
    };
    let prelude: ResponseMetadata | null = null;
    const out = new Writable({
      write(chunk: Buffer, _encoding, done) {
        seen.metadata ??= prelude;
        seen.chunks.push(chunk);
        done();
      },
      final(done) {
        seen.ended = true;
        done();
      },
    });
    const awslambda = {
      streamifyResponse: (handler: unknown) => handler,
      HttpResponseStream: {
        from(_stream: Writable, metadata: ResponseMetadata) {
          prelude = metadata;
          return out;
        },
      },
    };
    return { seen, out, awslambda };
  }

  test("arrives whole, with status, headers and cookies before it", async () => {
    const { seen, out, awslambda } = runtime();
    const rows = Array.from({ length: 50 }, (_, row) => `${row},${"x".repeat(200_000)}\n`);
    const body = Readable.toWeb(Readable.from(rows.map((row) => Buffer.from(row)))) as ReadableStream;
    const headers = { "content-type": "text/csv", "set-cookie": "a=1" };
    const handler = createLambdaStreamHandler(async () => new Response(body, { headers }), awslambda);
    await handler(eventOf({ path: "/api/studies/x/results.csv", method: "GET" }), out);
    expect(seen.metadata).toEqual({ statusCode: 200, headers: { "content-type": "text/csv" }, cookies: ["a=1"] });
    expect(Buffer.concat(seen.chunks).toString()).toBe(rows.join(""));
  });

  const empty = new ReadableStream({ start: (controller) => controller.close() });
  test.each([
    ["304 of a dataset file", "GET", new Response(null, { status: 304, headers: { etag: '"abc"' } })],
    ["204 of a preflight", "OPTIONS", new Response(null, { status: 204, headers: { etag: '"abc"' } })],
    ["HEAD", "HEAD", new Response(null, { status: 200, headers: { etag: '"abc"' } })],
    ["body that ends before its first byte", "GET", new Response(empty, { status: 200, headers: { etag: '"abc"' } })],
  ])("without a byte keeps its status and headers: %s", async (_what, method, response) => {
    const { seen, out, awslambda } = runtime();
    await createLambdaStreamHandler(async () => response, awslambda)(eventOf({ path: "/api/data/abc", method }), out);
    expect(seen.metadata).toEqual({ statusCode: response.status, headers: { etag: '"abc"' }, cookies: [] });
    expect(Buffer.concat(seen.chunks).length).toBe(0);
    expect(seen.ended).toBe(true);
  });

  test("that breaks off destroys its connection, so that nobody takes it for the whole", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { out, awslambda } = runtime();
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode("half"));
        controller.error(new Error("the database is gone"));
      },
    });
    const handler = createLambdaStreamHandler(async () => new Response(body), awslambda);
    await handler(eventOf({ path: "/api/x", method: "GET" }), out);
    expect(out.destroyed).toBe(true);
    log.mockRestore();
  });
});
