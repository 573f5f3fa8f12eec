import { GraphQLError, type ValueNode } from "graphql";
import { builder } from "../builder.ts";

builder.scalarType("DateTime", {
  description: "A moment as RFC 3339 in UTC with milliseconds.",
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const date = typeof value === "string" ? new Date(value) : null;
    if (date && Number.isFinite(date.getTime())) return date;
    throw new GraphQLError("A DateTime is a string like 2026-01-31T12:00:00.000Z.");
  },
});

builder.scalarType("JSON", {
  description: "Any JSON value.",
  serialize: (value) => value,
  parseValue: (value) => finiteOnly(value),
  parseLiteral: (node, variables) => finiteOnly(literal(node, variables ?? {})),
});

/** A literal in the query text, the variables inside it filled in. */
function literal(node: ValueNode, variables: Record<string, unknown>): unknown {
  switch (node.kind) {
    case "StringValue":
    case "BooleanValue":
    case "EnumValue":
      return node.value;
    case "IntValue":
    case "FloatValue":
      return Number(node.value);
    case "NullValue":
      return null;
    case "Variable":
      return variables[node.name.value] ?? null;
    case "ListValue":
      return node.values.map((item) => literal(item, variables));
    case "ObjectValue":
      return Object.fromEntries(node.fields.map((field) => [field.name.value, literal(field.value, variables)]));
    default:
      return node satisfies never;
  }
}

/** JSON knows no infinity, but `1e999` reads as one. */
function finiteOnly(value: unknown): unknown {
  // Without recursion, so that no nesting can exhaust the stack.
  const rest = [value];
  while (rest.length > 0) {
    const item = rest.pop();
    if (typeof item === "number" && !Number.isFinite(item)) throw new GraphQLError("A number here is too large.");
    if (typeof item === "object" && item !== null) for (const inner of Object.values(item)) rest.push(inner);
  }
  return value;
}
