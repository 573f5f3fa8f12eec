import { schema } from "@widefield/graphql/schema";
import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from "graphql";
import { beforeAll, expect, test } from "vitest";
import { describeOnEachDatabase } from "../testkit/database.ts";
import { type Api, openApi } from "./fixture/api.ts";
import { crowd, crowdToken, seedCrowd } from "./fixture/crowd.ts";

/** Where each type's rows stand in a list of `first` rows. */
const lists: Record<string, (first: number, rows: string) => string> = {
  Study: (first, rows) => `{ studies(first: ${first}) { nodes { ${rows} } } }`,
  Result: (first, rows) => `{ results(first: ${first}) { nodes { ${rows} } } }`,
  Host: (first, rows) => `{ hosts(first: ${first}) { nodes { ${rows} } } }`,
  Volunteer: (first, rows) => `{ contributors(first: ${first}) { nodes { ${rows} } } }`,
  Trial: (first, rows) => `{ study(slug: "study-0") { trials(first: ${first}) { nodes { ${rows} } } } }`,
  WorkUnit: (first, rows) => `{ study(slug: "study-0") { workUnits(first: ${first}) { nodes { ${rows} } } } }`,
  Decision: (first, rows) => `{ study(slug: "study-0") { decisions(first: ${first}) { nodes { ${rows} } } } }`,
  Lease: (first, rows) => `{ viewer { leases(first: ${first}) { nodes { ${rows} } } } }`,
  Activity: (first, rows) => `{ commons { activity(first: ${first}) { ${rows} } } }`,
  // Lists beneath lists: a trial of each study.
  "Study, Trial": (first, rows) => `{ studies(first: ${first}) { nodes { trials(first: 2) { nodes { ${rows} } } } } }`,
};

const given: Record<string, string> = {
  resultGroups: '(groupBy: ["width"], metrics: ["finalTestLoss"])',
};

const cases = Object.keys(lists).flatMap((name) => {
  const type = schema.getType(name.split(", ").at(-1) ?? "");
  if (!isObjectType(type)) throw new Error(`There is no type ${name}.`);
  // Lists beneath lists soon ask for too much.
  return pathsOf(type, name.includes(",") ? 1 : 2).map((path) => [name, path] as const);
});

describeOnEachDatabase("what stands in a list", (fresh) => {
  let api: Api;
  beforeAll(async () => {
    const closers: (() => Promise<void>)[] = [];
    api = await openApi(fresh, { seed: false, atEnd: (close) => closers.push(close) });
    await seedCrowd(api.database);
    return async () => {
      for (const close of closers) await close();
    };
  });

  async function statements(name: string, first: number, path: string): Promise<string[]> {
    const query = lists[name]?.(first, path) ?? "";
    return api.statements(async () => {
      const answer = await api.ask(query, {}, crowdToken);
      expect(answer.errors?.[0]?.message, query).toBeUndefined();
    });
  }

  test.each(cases)("%s { %s } takes as many statements for six rows as for one", async (name, path) => {
    const many = await statements(name, crowd, path);
    const one = await statements(name, 1, path);
    // A study's axes are read once per process: the second time is the one to compare.
    const again = await statements(name, crowd, path);
    expect(again.length, again.join("\n\n")).toBe(one.length);
    expect(many.length).toBeLessThanOrEqual(one.length + 1);
  });

  test("six studies' answers, read at once, are those that each gives alone", async () => {
    const groups = `slug resultGroups(groupBy: ["width"], metrics: ["finalTestLoss"]) { key count statistics { metric mean } }`;
    const theory = `slug theory(groupBy: ["width"]) { key theory { verdict } }`;
    const pages = `slug results(first: 2, orderBy: { metric: "finalTestLoss", direction: DESC }) {
      totalCount edges { cursor node { id } } pageInfo { hasNextPage endCursor } } trials(last: 2) { totalCount nodes { position replicas { id } } }`;
    for (const selection of [groups, theory, pages]) {
      const together = await api.ask(`{ studies(first: ${crowd}) { nodes { ${selection} } } }`);
      const alone = await Promise.all(
        Array.from({ length: crowd }, (_, index) => api.ask(`{ study(slug: "study-${index}") { ${selection} } }`)),
      );
      expect(together.data.studies.nodes).toEqual(alone.map(({ data }) => data.study));
      expect(together.data.studies.nodes).toHaveLength(crowd);
    }
  });

  test("an adopted trial shows its own answers beside those that decided it, and whose each is", async () => {
    const replicas = "replicas { verdict canonical study { slug } }";
    const { data } = await api.ask(`{ study(slug: "study-0") { trials(first: 2) { nodes { adopted ${replicas} } } } }`);
    const own = { verdict: "INVALID", canonical: false, study: { slug: "study-0" } };
    const theirs = { verdict: "VALID", canonical: false, study: { slug: "study-6" } };
    const [adopted, computed] = data.study.trials.nodes;
    expect(adopted).toEqual({ adopted: true, replicas: [{ ...theirs, canonical: true }, theirs, own, own] });
    expect(computed.replicas).toMatchObject([{ study: { slug: "study-0" } }, { study: { slug: "study-0" } }]);
  });

  test("pages of six studies begin and end where each study's own does, at the same cursor", async () => {
    const query = `query ($after: String) { studies(first: 2) { nodes { decisions(first: 2, after: $after) { nodes { revision } pageInfo { hasNextPage endCursor } } } } }`;
    const first = await api.ask(query);
    const [one] = first.data.studies.nodes;
    const next = await api.ask(query, { after: one.decisions.pageInfo.endCursor });
    // The cursor is a revision and an id: for the study that it came from it is the place exactly, for another the revision below or the same.
    expect(next.data.studies.nodes[0].decisions.nodes).toEqual([{ revision: 5 }, { revision: 4 }]);
  });
});

/** Selections beneath a type, one for all its leaves and one for each field that leads on, so many levels down. */
function pathsOf(type: GraphQLObjectType, levels: number): string[] {
  const fields = Object.values(type.getFields());
  const leaves = leavesOf(type);
  return [
    ...(leaves === "" ? [] : [leaves]),
    ...fields.flatMap((field) => {
      const target = getNamedType(field.type);
      if (!isObjectType(target) || levels === 0) return [];
      return pathsOf(target, levels - 1).map((path) => `${field.name}${argumentsOf(field)} { ${path} }`);
    }),
  ];
}

function leavesOf(type: GraphQLObjectType): string {
  return Object.values(type.getFields())
    .filter((field) => isLeafType(getNamedType(field.type)) && !field.args.some(isRequiredArgument))
    .map((field) => field.name)
    .join(" ");
}

function argumentsOf(field: GraphQLField<unknown, unknown>): string {
  if (field.args.some(({ name }) => name === "last")) return "(first: 2)";
  return given[field.name] ?? "";
}
