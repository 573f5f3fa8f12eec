import { createHandler } from "@widefield/graphql/http/handler";
import { serveNode } from "@widefield/graphql/http/node-server";
import { openDatabase } from "@widefield/prisma/open-database";
import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshDatabase } from "../testkit/database.ts";

let url = "";
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const database = openDatabase((await freshDatabase("pglite")).url);
  const handler = createHandler({ database, secret: "a secret of thirty-two characters" });
  const server = await serveNode(handler);
  url = `${server.url}/api/graphql`;
  closers.push(
    () => server.close(),
    () => database.close(),
  );
});

afterAll(async () => {
  for (const close of closers.splice(0)) await close();
});

describe("GraphQL over HTTP: the specification's own audits", () => {
  const audits = serverAudits({ url: () => url });

  test("there are 61 of them", () => expect(audits).toHaveLength(61));

  test.each(audits.map((audit) => [audit.id, audit.name, audit] as const))("%s %s", async (_id, _name, audit) => {
    const result = await audit.fn();
    const detail = result.status === "ok" ? "" : `${result.reason}\n${await result.response.text().catch(() => "")}`;
    expect({ status: result.status, detail }).toEqual({ status: "ok", detail: "" });
  });
});
