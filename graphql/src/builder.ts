import SchemaBuilder from "@pothos/core";
import ComplexityPlugin from "@pothos/plugin-complexity";
import ErrorsPlugin from "@pothos/plugin-errors";
import PrismaPlugin from "@pothos/plugin-prisma";
import RelayPlugin from "@pothos/plugin-relay";
import type { ApiContext } from "./context.ts";
import { badUserInput } from "./failure/bad-user-input.ts";
import type PrismaTypes from "./generated/pothos.ts";
import { getDatamodel } from "./generated/pothos.ts";
import { decodeGlobalId, encodeGlobalId } from "./identity/global-id.ts";
import { complexityError, fieldComplexity, maxComplexity } from "./relay/complexity.ts";

/**
 * The one builder: every noun's folder hangs its types, queries and mutations on it, and `schema.ts` collects them.
 * Fields are non-null unless they say `nullable: true`.
 */
export const builder = new SchemaBuilder<{
  Context: ApiContext;
  PrismaTypes: PrismaTypes;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  Connection: { totalCount: () => Promise<number> };
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: unknown; Output: unknown };
  };
}>({
  plugins: [ErrorsPlugin, ComplexityPlugin, RelayPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  prisma: {
    client: (context) => context.database.prisma,
    dmmf: getDatamodel(),
    maxConnectionSize: 1000,
  },
  relay: {
    cursorType: "String",
    edgeCursorType: "String",
    pageInfoCursorType: "String",
    encodeGlobalID: (typename, id) => encodeGlobalId(typename, String(id)),
    decodeGlobalID: decodeGlobalId,
    nodesOnConnection: true,
    nodesQueryOptions: { nullable: { list: false, items: true } },
    edgesFieldOptions: { nullable: { list: false, items: false } },
    nodeFieldOptions: { nullable: false },
  },
  errors: { defaultTypes: [] },
  complexity: {
    limit: { depth: 16, breadth: 400, complexity: maxComplexity },
    fieldComplexity,
    complexityError: (kind, found) => badUserInput(complexityError(kind, found)),
  },
});

builder.queryType({});
builder.mutationType({});
builder.subscriptionType({});
