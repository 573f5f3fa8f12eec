import { CommonsNowDocument } from "@widefield/graphql/documents";
import { request } from "@widefield/graphql/documents/client";
import { createHandler, type Handler, type Peer } from "@widefield/graphql/http/handler";
import { openDatabase } from "@widefield/prisma/open-database";
import { pino } from "pino";
import { beforeAll, describe, expect, test } from "vitest";
import { freshDatabase } from "../testkit/database.ts";
import { type Api, openApi, secret } from "./fixture/api.ts";
import { tokens } from "./fixture/commons.ts";

const endpoint = "http://localhost:3000/api/graphql";
const viewer = JSON.stringify({ query: "{ viewer { name } }" });
const rename = JSON.stringify({ query: 'mutation { renameVolunteer(name: "Eve") { __typename } }' });

function post(body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request(endpoint, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });
}

describe("the fetch handler", () => {
  let api: Api;
  let handler: Handler;
  let cookie = "";
  const lines: string[] = [];

  beforeAll(async () => {
    const closers: (() => Promise<void>)[] = [];
    api = await openApi(() => freshDatabase("pglite"), {
      atEnd: (close) => closers.push(close),
      logger: pino({ level: "info" }, { write: (line) => lines.push(line) }),
      maxBodyBytes: 10_000,
    });
    handler = api.handler;
    const signedIn = await handler(
      new Request("http://localhost:3000/api/auth/sign-in/anonymous", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{}",
      }),
    );
    cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect(cookie).toMatch(/^widefield\.session_token=/);
    return async () => {
      for (const close of closers) await close();
    };
  });

  test.each<[string, Record<string, string>, number]>([
    ["this site", { "sec-fetch-site": "same-origin" }, 200],
    ["another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }, 403],
    ["another site, in an older browser,", { origin: "https://evil.example", host: "localhost:3000" }, 403],
  ])("a sign-in without a cookie from %s is answered with its status", async (_from, headers, status) => {
    const url = "http://localhost:3000/api/auth/sign-in/anonymous";
    const response = await handler(new Request(url, { method: "POST", headers }));
    expect(response.status).toBe(status);
    expect(response.headers.has("set-cookie")).toBe(status === 200);
  });

  describe("a request that carries a cookie", () => {
    const own = { origin: "http://localhost:3000", host: "localhost:3000" };
    const cases: [string, Record<string, string>, number][] = [
      ["from this site, as browsers say it", { "sec-fetch-site": "same-origin" }, 200],
      ["typed in by its owner", { "sec-fetch-site": "none" }, 200],
      ["from this site, in an older browser", own, 200],
      [
        "from a site behind the same host on another port",
        { origin: "http://localhost:9999", host: "localhost:3000" },
        403,
      ],
      ["from another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }, 403],
      ["from a neighbour of this site", { "sec-fetch-site": "same-site", origin: "https://x.widefield.example" }, 403],
      ["from another site, in an older browser", { origin: "https://evil.example", host: "localhost:3000" }, 403],
      ["from a sandboxed frame", { origin: "null", host: "localhost:3000" }, 403],
      ["from no browser", {}, 200],
    ];

    test.each(cases)("%s", async (_name, headers, status) => {
      const response = await handler(post(rename, { cookie, ...headers }));
      expect(response.status).toBe(status);
    });

    test("is refused at every door that changes something", async () => {
      for (const path of ["/api/graphql", "/api/graphql/stream", "/api/auth/sign-out"]) {
        const request = new Request(`http://localhost:3000${path}`, {
          method: "POST",
          body: "{}",
          headers: { cookie, "content-type": "application/json", "sec-fetch-site": "cross-site" },
        });
        expect((await handler(request)).status, path).toBe(403);
      }
    });
  });

  test("a bearer token needs no origin: no browser sends it by itself", async () => {
    const response = await handler(
      post(viewer, {
        authorization: `Bearer ${tokens.ada}`,
        origin: "https://elsewhere.example",
        "sec-fetch-site": "cross-site",
      }),
    );
    expect(await response.json()).toEqual({ data: { viewer: { name: "Ada" } } });
  });

  describe("GET", () => {
    test("answers queries", async () => {
      const response = await handler(new Request(`${endpoint}?query={commons{studies}}`));
      expect(await response.json()).toEqual({ data: { commons: { studies: 2 } } });
    });

    test("never changes anything", async () => {
      const url = `${endpoint}?query=${encodeURIComponent('mutation { renameVolunteer(name: "Eve") { __typename } }')}`;
      const response = await handler(new Request(url, { headers: { authorization: `Bearer ${tokens.ada}` } }));
      expect(response.status).toBe(405);
      const { name } = await api.database.prisma.volunteer.findFirstOrThrow({
        where: { email: "ada@example.invalid" },
      });
      expect(name).toBe("Ada");
    });

    test("nor does it over the stream", async () => {
      const url = `${endpoint}/stream?query=${encodeURIComponent('mutation { renameVolunteer(name: "Eve") { __typename } }')}`;
      const response = await handler(
        new Request(url, { headers: { authorization: `Bearer ${tokens.ada}`, accept: "text/event-stream" } }),
      );
      expect(await response.text()).toContain("Only subscriptions are answered here");
    });
  });

  describe("bodies", () => {
    test.each([
      ["malformed JSON", "{", {}, 400, /not valid JSON/],
      ["a list of requests", `[${viewer}]`, {}, 400, /./],
      ["bytes that are no UTF-8", new Uint8Array([0x22, 0xff, 0x22]), {}, 400, /not valid UTF-8/],
      [
        "a form of another site",
        "query={viewer{name}}",
        { "content-type": "application/x-www-form-urlencoded" },
        415,
        /application\/json/,
      ],
      ["text that would need no preflight", viewer, { "content-type": "text/plain" }, 415, /application\/json/],
      ["another charset", viewer, { "content-type": "application/json; charset=utf-16" }, 415, /UTF-8/],
      ["a coded body", viewer, { "content-encoding": "gzip" }, 415, /content encoding/],
      [
        "a body that is too large",
        JSON.stringify({ query: `{ viewer { name } } # ${"x".repeat(10_000)}` }),
        {},
        413,
        /10000 bytes at most/,
      ],
      ["a body that lies about its size", "x".repeat(10_001), { "content-length": "5" }, 413, /at most/],
    ])("%s", async (_name, body, headers, status, message) => {
      const response = await handler(post(body as BodyInit, headers as Record<string, string>));
      expect(response.status).toBe(status);
      const answer = (await response.json()) as { errors: { message: string }[] };
      expect(answer.errors[0]?.message).toMatch(message as RegExp);
    });

    test("a body without an announced end is counted as it comes", async () => {
      let sent = 0;
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          sent += 1000;
          controller.enqueue(new Uint8Array(1000).fill(0x20));
        },
      });
      const init = { method: "POST", body, headers: { "content-type": "application/json" }, duplex: "half" };
      const response = await handler(new Request(endpoint, init as RequestInit));
      expect(response.status).toBe(413);
      expect(sent).toBeLessThan(20_000);
    });

    test.each(["application/json", "application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"'])(
      "%s",
      async (type) => {
        expect((await handler(post(viewer, { "content-type": type }))).status).toBe(200);
      },
    );
  });

  describe("queries that ask too much", () => {
    test("too deep", async () => {
      const query = `{ study(slug: "ladder") { ${"trials(first:1) { nodes { study { ".repeat(7)} id ${"} } } ".repeat(7)} } }`;
      const { errors } = await api.ask(query);
      expect(errors?.[0]?.message).toMatch(/depth/);
      expect(errors?.[0]?.extensions?.code).toBe("BAD_USER_INPUT");
    });

    test("too long", async () => {
      const { errors } = await api.ask(`{ ${Array.from({ length: 401 }, (_, n) => `a${n}:viewer{id}`).join(" ")} }`);
      expect(errors?.[0]?.message).toMatch(/breadth/);
    });

    test("too much: pages of pages", async () => {
      const page = "trials(first: 1000) { nodes { study {";
      const { errors } = await api.ask(`{ study(slug: "ladder") { ${page.repeat(3)} id ${"} } }".repeat(3)} } }`);
      expect(errors?.[0]?.message).toMatch(/complexity/);
    });
  });

  describe("the character U+0000, which no text of the database can have", () => {
    const query = "query ($slug: String!) { study(slug: $slug) { id } }";
    const where = "query ($where: ResultFilter) { results(where: $where) { totalCount } }";
    const nowhere = { params: [{ param: "width", equals: { "a\0": 1 } }] };
    test.each([
      ["a variable", { query, variables: { slug: "lad\0der" } }],
      ["a key within a variable", { query: where, variables: { where: nowhere } }],
      ["the document", { query: '{ study(slug: "lad\\u0000der") { id } }' }],
    ])("in %s is refused in words, and as the asker's mistake", async (_place, body) => {
      // As for what does not fit a variable's type, the older media type says 200 (GraphQL over HTTP, section 6.4.1).
      for (const [accept, status] of [
        ["application/graphql-response+json", 400],
        ["application/json", 200],
      ] as const) {
        const response = await handler(post(JSON.stringify(body), { accept }));
        expect(response.status).toBe(status);
        expect(await response.json()).toEqual({
          errors: [
            { message: "The character U+0000 cannot be used in a value.", extensions: { code: "BAD_USER_INPUT" } },
          ],
        });
      }
    });
  });

  test("no nesting of variables is an accident", async () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const roomy = createHandler({ database: api.database, secret, logger: pino({ level: "silent" }) });
    const query =
      'query ($sweep: JSON!) { quote(experiment: "feature-learning.mlp", sweep: $sweep) { ... on InvalidInput { message } } }';
    const response = await roomy(post(`{"query":${JSON.stringify(query)},"variables":{"sweep":${deep}}}`));
    const { data } = (await response.json()) as { data: { quote: { message: string } } };
    expect(data.quote.message).toMatch(/too long to be read/);
    await roomy.close();
  });

  test("an accident is masked, and the log has it under the same id", async () => {
    const broken = openDatabase((await freshDatabase("pglite")).url);
    await broken.pool.query("ALTER TABLE hosts RENAME TO elsewhere");
    const quiet: string[] = [];
    const other = createHandler({
      database: broken,
      secret,
      logger: pino({ level: "info" }, { write: (line) => quiet.push(line) }),
    });
    const response = await other(post(JSON.stringify({ query: "{ commons { hosts } }" })));
    const answer = (await response.json()) as { errors: { message: string; extensions: { errorId: string } }[] };
    expect(answer.errors[0]?.message).toMatch(/^Something went wrong on the server\. Its log knows this as /);
    expect(JSON.stringify(answer)).not.toMatch(/relation|SELECT|at .*\.ts/);
    expect(
      quiet.some((line) => line.includes(answer.errors[0]?.extensions.errorId ?? "?") && line.includes("hosts")),
    ).toBe(true);
    await other.close();
    await broken.close();
  });

  test("a database that is away is said to be away, and health says so too", async () => {
    const away = openDatabase("postgres://postgres@127.0.0.1:1/none", { connectTimeoutMs: 500 });
    const other = createHandler({ database: away, secret, logger: pino({ level: "silent" }) });
    const response = await other(post(JSON.stringify({ query: "{ commons { hosts } }" })));
    const answer = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
    expect(answer.errors[0]).toMatchObject({ extensions: { code: "SERVICE_UNAVAILABLE" } });
    // A client keeps what it has and tries again, signed in or not.
    const asked = request(endpoint, CommonsNowDocument, {}, { fetch: other });
    await expect(asked).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE", retryable: true });
    const signedIn = request(endpoint, CommonsNowDocument, {}, { token: tokens.ada, fetch: other });
    await expect(signedIn).rejects.toMatchObject({ retryable: true });
    const health = await other(new Request("http://localhost:3000/api/health"));
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({ status: "unavailable", database: { ok: false } });
    await other.close();
    await away.close();
  });

  test("health", async () => {
    const response = await handler(new Request("http://localhost:3000/api/health"));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: "ok", database: { ok: true } });
  });

  test("nothing here", async () => {
    const response = await handler(new Request("http://localhost:3000/api/nothing"));
    expect(response.status).toBe(404);
  });

  test("pages of other sites may read, without accounts", async () => {
    const preflight = await handler(
      new Request(endpoint, {
        method: "OPTIONS",
        headers: { origin: "https://notebook.example", "access-control-request-method": "POST" },
      }),
    );
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(preflight.headers.has("access-control-allow-credentials")).toBe(false);
    const auth = await handler(
      new Request("http://localhost:3000/api/auth/get-session", { headers: { origin: "https://x.example" } }),
    );
    expect(auth.headers.has("access-control-allow-origin")).toBe(false);
  });

  test("the log is one line a request, with an id that the answer carries and no secrets", async () => {
    lines.length = 0;
    const response = await handler(post(viewer, { authorization: `Bearer ${tokens.ada}` }));
    const [line] = lines.map((text) => JSON.parse(text) as Record<string, unknown>);
    expect(line).toMatchObject({
      requestId: response.headers.get("x-request-id"),
      method: "POST",
      path: "/api/graphql",
      status: 200,
      ms: expect.any(Number),
    });
    expect(lines.join()).not.toContain(tokens.ada);
  });

  test("that addresses are unknown is logged once, when the first such caller changes something", async () => {
    const said: string[] = [];
    const logger = pino({ level: "warn" }, { write: (line) => said.push(line) });
    const other = createHandler({ database: api.database, secret, logger });
    const pause = JSON.stringify({ query: 'mutation { pauseStudy(studyId: "none") { __typename } }' });
    const authorization = { authorization: `Bearer ${tokens.ada}` };
    await other(post(viewer, authorization));
    await other(post(pause, authorization), { address: "127.0.0.1" });
    expect(said).toEqual([]);
    for (let call = 0; call < 2; call++) await other(post(pause, authorization));
    expect(said).toEqual([expect.stringContaining("Set WIDEFIELD_TRUSTED_PROXY")]);
    await other.close();
  });

  test("a secret that is too short is refused", () => {
    expect(() => createHandler({ database: api.database, secret: "short" })).toThrow(/32 characters/);
  });
});

describe("whose address a request has", async () => {
  const { callerAddress, networkHash } = await import("@widefield/graphql/http/caller-address");
  const forwarded = (value: string) => new Headers({ "x-forwarded-for": value });

  test.each<[string, Headers, Peer["address"], number, string | null]>([
    ["nobody is believed by default", forwarded("1.2.3.4"), "5.6.7.8", 0, "5.6.7.8"],
    ["one proxy: the last entry is what it saw", forwarded("9.9.9.9, 1.2.3.4"), "10.0.0.1", 1, "1.2.3.4"],
    ["two proxies: the last but one", forwarded("9.9.9.9, 1.2.3.4, 10.0.0.2"), "10.0.0.1", 2, "1.2.3.4"],
    ["fewer entries than proxies", forwarded("1.2.3.4"), "10.0.0.1", 2, "10.0.0.1"],
    ["rubbish", forwarded("<script>"), "10.0.0.1", 1, "10.0.0.1"],
    ["IPv4 in IPv6", new Headers(), "::ffff:1.2.3.4", 0, "1.2.3.4"],
    ["with a port", forwarded("1.2.3.4:567"), undefined, 1, "1.2.3.4"],
    ["IPv6 with a port", forwarded("[2001:db8::1]:567"), undefined, 1, "2001:db8::1"],
    ["unknown", new Headers(), undefined, 0, null],
  ])("%s", (_name, headers, peer, proxies, address) => {
    expect(callerAddress(headers, peer, proxies)).toBe(address);
  });

  test("a network is an IPv4 address or the /64 of an IPv6 one; loopback is none, and the unknown are one", () => {
    const hash = (address: string | null) => networkHash(address, secret);
    expect([hash("127.0.0.1"), hash("::1")]).toEqual([null, null]);
    expect(hash(null)).toMatch(/^[0-9a-f]{32}$/);
    expect(hash(null)).not.toBe(hash("1.2.3.4"));
    expect(hash("1.2.3.4")).toMatch(/^[0-9a-f]{32}$/);
    expect(hash("1.2.3.4")).not.toBe(hash("1.2.3.5"));
    expect(hash("2001:db8:0:1::1")).toBe(hash("2001:0db8::1:ffff:0:0:2"));
    expect(hash("2001:db8:0:1::1")).not.toBe(hash("2001:db8:0:2::1"));
    expect(hash("1.2.3.4")).not.toBe(networkHash("1.2.3.4", `${secret}!`));
  });
});
