import { createHandler } from "@widefield/graphql/http/handler";
import { serveNode } from "@widefield/graphql/http/node-server";
import { createFeed } from "@widefield/graphql/live/feed";
import { openDatabase } from "@widefield/prisma/open-database";
import { pino } from "pino";
import { expect, onTestFinished, test, vi } from "vitest";
import { describeOnEachDatabase, type FreshDatabase } from "../testkit/database.ts";
import { secret } from "./fixture/api.ts";
import { ids, now, seedCommons } from "./fixture/commons.ts";

async function serve(fresh: () => Promise<FreshDatabase>) {
  const database = openDatabase((await fresh()).url, { poolSize: 4 });
  await seedCommons(database);
  let polls = 0;
  const query = database.pool.query.bind(database.pool) as (...args: unknown[]) => unknown;
  database.pool.query = ((...args: unknown[]) => {
    if (String(args[0]).includes('AS "pendingResults", l.active')) polls += 1;
    return query(...args);
  }) as typeof database.pool.query;
  const handler = createHandler({ database, secret, now: () => now, livePollMs: 50 });
  const server = await serveNode(handler);
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await server.close();
    await database.close();
  };
  onTestFinished(close);
  return { database, url: `${server.url}/api/graphql/stream`, close, polls: () => polls };
}

const watch = "subscription ($slug: String!) { studyProgress(slug: $slug) { slug state revision decided fraction } }";

interface Event {
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: payloads of several shapes
  readonly data: any;
}

/** The events of a subscription, as they arrive. */
async function* events(url: string, query: string, variables: object, signal?: AbortSignal): AsyncGenerator<Event> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ query, variables }),
    ...(signal ? { signal } : {}),
  });
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      const event = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: ?(.*)$/m.exec(block)?.[1];
      if (event) yield { event, data: data ? JSON.parse(data) : null };
    }
  }
}

async function next(stream: AsyncGenerator<Event>): Promise<Event | undefined> {
  const { value, done } = await stream.next();
  return done ? undefined : value;
}

describeOnEachDatabase("live progress", (fresh) => {
  test("the present state comes at once, then every change, then the end", async () => {
    const { database, url } = await serve(fresh);
    const stream = events(url, watch, { slug: "ladder" });
    expect(await next(stream)).toEqual({
      event: "next",
      data: { data: { studyProgress: { slug: "ladder", state: "ACTIVE", revision: 19, decided: 18, fraction: 0.75 } } },
    });
    await database.prisma.study.update({ where: { id: ids.ladder }, data: { revision: 20, state: "PAUSED" } });
    expect((await next(stream))?.data.data.studyProgress).toMatchObject({ revision: 20, state: "PAUSED" });
    await database.prisma.study.update({ where: { id: ids.ladder }, data: { state: "FINISHED" } });
    expect((await next(stream))?.data.data.studyProgress).toMatchObject({ state: "FINISHED" });
    expect(await next(stream)).toEqual({ event: "complete", data: null });
    expect(await next(stream)).toBeUndefined();
  });

  test("however many watch, the database is asked once; when nobody does, not at all", async () => {
    const { url, polls } = await serve(fresh);
    const stop = new AbortController();
    const watchers = Array.from({ length: 12 }, () => events(url, watch, { slug: "ladder" }, stop.signal));
    await Promise.all(watchers.map(next));
    const start = polls();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(polls() - start).toBeLessThanOrEqual(13);
    // A busy machine's database rests between slow polls: that they go on is waited for.
    await vi.waitFor(() => expect(polls()).toBeGreaterThan(start), { timeout: 20_000 });
    stop.abort();
    await Promise.allSettled(watchers.map(next));
    await new Promise((resolve) => setTimeout(resolve, 400));
    const idle = polls();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(polls()).toBe(idle);
  });

  test("those who come one after another do not keep a slow database busy", async () => {
    const database = openDatabase((await fresh()).url, { poolSize: 4 });
    onTestFinished(() => database.close());
    await seedCommons(database);
    let polls = 0;
    const query = database.pool.query.bind(database.pool) as (...args: unknown[]) => Promise<unknown>;
    database.pool.query = (async (...args: unknown[]) => {
      polls += 1;
      await new Promise((resolve) => setTimeout(resolve, 60));
      return query(...args);
    }) as typeof database.pool.query;
    const feed = createFeed({ database, logger: pino({ level: "silent" }), now: () => now, intervalMs: 50 });
    const listeners = [];
    for (let at = 0; at < 25; at++) {
      const listener = feed.studyProgress(ids.ladder);
      listeners.push(listener);
      const first = listener.next();
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (at === 24) expect((await first).value).toMatchObject({ slug: "ladder" });
    }
    // 500 ms, of which a poll takes 60 and the rest after it 600.
    expect(polls).toBeLessThanOrEqual(2);
    feed.close();
    await Promise.all(listeners.map((listener) => listener.return?.()));
  });

  test("live figures of the commons carry what is computed now", async () => {
    const { url } = await serve(fresh);
    const stream = events(
      url,
      "subscription { commons { activeHosts activity(first: 1) { hostName study { slug } } } }",
      {},
    );
    expect((await next(stream))?.data).toEqual({
      data: { commons: { activeHosts: 2, activity: [{ hostName: "node-box", study: { slug: "ladder" } }] } },
    });
    await stream.return(undefined);
  });

  test("a study that is not there, or not to be seen, is an answer in words", async () => {
    const { url } = await serve(fresh);
    for (const slug of ["nowhere", "draft"]) {
      const stream = events(url, watch, { slug });
      expect((await next(stream))?.data.errors).toMatchObject([{ message: `There is no study "${slug}".` }]);
      await stream.return(undefined);
    }
  });

  test("what cannot be meant, or is far too long, is refused in words", async () => {
    const { url } = await serve(fresh);
    const long = `subscription { studyProgress(slug: "ladder") { ${"slug ".repeat(10_000)} } }`;
    const refusals: [string, object, RegExp][] = [
      [watch, { slug: "lad\0der" }, /^The character U\+0000 cannot be used in a value\.$/],
      [long, {}, /more that 10000 tokens/],
    ];
    for (const [query, variables, message] of refusals) {
      const stream = events(url, query, variables);
      const { errors } = (await next(stream))?.data ?? {};
      expect(errors).toMatchObject([{ message: expect.stringMatching(message) }]);
      expect(errors[0].extensions ?? {}).not.toHaveProperty("http");
      await stream.return(undefined);
    }
  });

  test("EventSource may ask by GET", async () => {
    const { url } = await serve(fresh);
    const query = encodeURIComponent('subscription { studyProgress(slug: "ladder") { revision } }');
    const response = await fetch(`${url}?query=${query}`, { headers: { accept: "text/event-stream" } });
    const reader = response.body?.getReader();
    let text = "";
    while (!text.includes('"revision":19')) {
      const part = await reader?.read();
      if (!part || part.done) break;
      text += new TextDecoder().decode(part.value);
    }
    expect(text).toContain('"revision":19');
    await reader?.cancel();
  });

  test("closing the handler ends open streams at once, so that a server can stop", async () => {
    const { url, close } = await serve(fresh);
    const stream = events(url, watch, { slug: "ladder" });
    await next(stream);
    const start = performance.now();
    const rest = next(stream);
    await close();
    expect((await rest)?.event ?? "complete").toBe("complete");
    expect(performance.now() - start).toBeLessThan(1_500);
  });
});
