import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readStudyFile } from "@widefield/cli/study/read-study-file";
import { examples } from "@widefield/web/graphiql/examples";
import { beforeAll, describe, expect, test } from "vitest";
import { freshDatabase } from "../testkit/database.ts";
import { type Api, openApi } from "./fixture/api.ts";
import { tokens } from "./fixture/commons.ts";

const folder = fileURLToPath(new URL("../../../functions/experiments/studies/", import.meta.url));

describe("the examples that GraphiQL opens with", () => {
  let api: Api;
  beforeAll(async () => {
    const closers: (() => Promise<void>)[] = [];
    api = await openApi(() => freshDatabase("pglite"), { atEnd: (close) => closers.push(close) });
    for (const name of (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".yaml"))) {
      await publish(api, `@${join(folder, name)}`);
    }
    return async () => {
      for (const close of closers) await close();
    };
  });

  test.each(
    examples.map(({ query, variables }) => [/(?:query|subscription) (\w+)/.exec(query)?.[1] ?? "?", query, variables]),
  )("%s runs as it stands", async (_name, query = "", variables) => {
    const given = variables ? (JSON.parse(variables) as Record<string, unknown>) : {};
    const answer = query.includes("subscription") ? await firstEvent(api, query) : await api.ask(query, given);
    expect(answer.errors).toBeUndefined();
    // Each shows something: no example is a null.
    expect(Object.values(answer.data ?? {})).not.toContain(null);
  });
});

async function publish(api: Api, file: string): Promise<void> {
  const input = await readStudyFile(file);
  const created = await api.ask(
    "mutation ($input: StudyInput!) { createStudy(input: $input) { __typename ... on Study { id } ... on Failure { message } } }",
    { input },
    tokens.ada,
  );
  expect(created).toMatchObject({ data: { createStudy: { __typename: "Study" } } });
  const published = await api.ask(
    "mutation ($id: ID!) { publishStudy(studyId: $id) { __typename ... on Study { state } ... on Failure { message } } }",
    { id: created.data.createStudy.id },
    tokens.ada,
  );
  expect(published).toEqual({ data: { publishStudy: { __typename: "Study", state: "ACTIVE" } } });
}

async function firstEvent(api: Api, query: string): Promise<Awaited<ReturnType<Api["ask"]>>> {
  const response = await api.handler(
    new Request("http://localhost:3000/api/graphql/stream", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify({ query }),
    }),
  );
  const reader = response.body?.getReader();
  let text = "";
  for (;;) {
    const data = /^data: (.+)$/m.exec(text)?.[1];
    if (data) {
      await reader?.cancel();
      return JSON.parse(data);
    }
    const part = await reader?.read();
    if (!part || part.done) throw new Error(`The stream ended without an event: ${text}`);
    text += new TextDecoder().decode(part.value);
  }
}
