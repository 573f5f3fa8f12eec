import { createFetchHandler } from "@widefield/handlers/fetch/fetch-handler";
import { expect, test, vi } from "vitest";

const request = new Request("https://widefield.example/api/health");

test("the function and its fetch both answer", async () => {
  const handler = createFetchHandler(async ({ url }) => new Response(new URL(url).pathname));
  expect(await (await handler(request)).text()).toBe("/api/health");
  expect(await (await handler.fetch(request)).text()).toBe("/api/health");
});

test("the address comes from the platform's context alone", async () => {
  const seen: unknown[] = [];
  const handler = createFetchHandler(async (_request, peer) => {
    seen.push(peer);
    return new Response();
  });
  await handler(request, { ip: "203.0.113.9", geo: {} });
  await handler(new Request(request, { headers: { "x-forwarded-for": "203.0.113.1" } }));
  await handler(request, { ip: 7 });
  await handler.fetch(request);
  await handler.fetch(request, { DATABASE_URL: "bindings" });
  await handler.fetch(request, { ip: "203.0.113.10" });
  await handler.fetch(request, { remoteAddr: { transport: "tcp", hostname: "203.0.113.11", port: 5 } });
  expect(seen).toEqual([
    { address: "203.0.113.9" },
    {},
    {},
    {},
    {},
    { address: "203.0.113.10" },
    { address: "203.0.113.11" },
  ]);
});

test("a handler that throws is answered 500, and its reason stays in the log", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const handler = createFetchHandler(async () => {
    throw new Error("password of the database");
  });
  const response = await handler(request);
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("password");
  log.mockRestore();
});
