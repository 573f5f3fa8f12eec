import { complexityFromQuery } from "@pothos/plugin-complexity";
import * as documents from "@widefield/graphql/documents";
import { encodeGlobalId } from "@widefield/graphql/identity/global-id";
import { maxComplexity } from "@widefield/graphql/relay/complexity";
import { schema } from "@widefield/graphql/schema";
import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  type NonNullTypeNode,
  parse,
  typeFromAST,
} from "graphql";
import { beforeAll, describe, expect, test } from "vitest";
import { freshDatabase } from "../testkit/database.ts";
import { type Api, openApi } from "./fixture/api.ts";
import { ids } from "./fixture/commons.ts";

const operations = Object.entries(documents).map(
  ([name, text]) => [name.replace(/Document$/, ""), String(text)] as const,
);

describe("what our own documents cost", () => {
  test("there are some", () => {
    expect(operations.length).toBeGreaterThan(30);
  });

  test.each(operations)("%s stays under half of what one request may", (_name, text) => {
    const { complexity } = complexityFromQuery(text, { schema, variables: variablesOf(text) });
    expect(complexity).toBeGreaterThan(1);
    expect(complexity).toBeLessThan(maxComplexity / 2);
  });
});

describe("what reads whole studies is counted as such", () => {
  let api: Api;
  beforeAll(async () => {
    const closers: (() => Promise<void>)[] = [];
    api = await openApi(() => freshDatabase("pglite"), { atEnd: (close) => closers.push(close) });
    return async () => {
      for (const close of closers) await close();
    };
  });

  const sweep = "{ fixed: { steps: 20 } }";
  test.each<[string, number, (at: number) => string]>([
    ["quotes", 4, (at) => `a${at}: quote(experiment: "feature-learning.mlp", sweep: ${sweep}) { __typename }`],
    ["groupings", 6, (at) => `a${at}: resultGroups(groupBy: ["width"], metrics: []) { count }`],
    ["counts", 19, (at) => `a${at}: results(first: 0) { totalCount }`],
    ["theories", 9, (at) => `a${at}: study(slug: "ladder") { theory { key } }`],
  ])("%s: a few at once, not dozens", async (_name, few, field) => {
    const ask = (count: number) => api.ask(`{ ${Array.from({ length: count }, (_, at) => field(at)).join(" ")} }`);
    expect((await ask(few)).errors).toBeUndefined();
    const { errors } = await ask(few + 2);
    expect(errors?.[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
    expect(errors?.[0]?.message).toMatch(
      /^This query asks for too much at once: its complexity is [\d,]+, the most is 100,000\. Take smaller pages/,
    );
  });

  test("curves: those of a page to look at, and not of a thousand results", async () => {
    const ask = (first: number, curves: string) => api.ask(`{ results(first: ${first}) { nodes { ${curves} } } }`);
    const all = "curves { name steps values }";
    const one = `curves(names: ["testLoss"]) { steps values }`;
    expect((await ask(150, all)).errors).toBeUndefined();
    expect((await ask(500, one)).errors).toBeUndefined();
    for (const curves of [all, one, `curves(names: ["trainLoss", "testLoss"]) { values }`]) {
      const { errors } = await ask(1000, curves);
      expect(errors?.[0]?.message).toMatch(/its complexity is [\d,]+, the most is 100,000\. Take smaller pages/);
    }
    // Their metrics are still a page's worth.
    expect((await ask(1000, "metrics { name value }")).errors).toBeUndefined();
  });

  test("axes and groups of a thousand studies are too much", async () => {
    for (const selection of ["axes { param }", `resultGroups(groupBy: ["width"], metrics: []) { count }`]) {
      const { errors } = await api.ask(`{ studies(first: 1000) { nodes { ${selection} } } }`);
      expect(errors?.[0]?.message).toMatch(/complexity/);
    }
  });
});

/** Pages of fifty, the longest that the site asks for of what is dear; of the rest what the types need. */
function variablesOf(text: string): Record<string, unknown> {
  const [operation] = parse(text).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("A document begins with its operation.");
  return Object.fromEntries(
    (operation.variableDefinitions ?? []).flatMap(({ variable, type: node }) => {
      const type = typeFromAST(schema, node as NonNullTypeNode);
      if (variable.name.value === "first") return [["first", 50]];
      return isNonNullType(type) ? [[variable.name.value, sampleOf(type as GraphQLInputType)]] : [];
    }),
  );
}

function sampleOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return samples[type.name];
  const fields = Object.values(type.getFields()).filter(isRequiredInputField);
  return Object.fromEntries(fields.map((field) => [field.name, sampleOf(field.type)]));
}

const samples: Record<string, unknown> = {
  ID: encodeGlobalId("Study", ids.ladder),
  String: "mlp",
  Int: 1,
  Float: 1,
  Boolean: true,
  JSON: {},
};
