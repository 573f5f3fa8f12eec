import type { FieldNode, GraphQLResolveInfo } from "graphql";

/**
 * What the fields at one place of one query have in common, whatever parents they hang on: their arguments and what is selected beneath them.
 * So what one of them makes, a batch for example, serves all. graphql-js hands the same array of nodes to all fields of a place, and makes a new
 * one for each execution: nothing outlives the request.
 */
export function sharedAt<Value>(): (info: GraphQLResolveInfo, make: () => Value) => Value {
  const places = new WeakMap<readonly FieldNode[], { readonly value: Value }>();
  return (info, make) => {
    const known = places.get(info.fieldNodes) ?? { value: make() };
    places.set(info.fieldNodes, known);
    return known.value;
  };
}
