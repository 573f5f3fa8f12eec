import { type DocumentNode, type GraphQLError, visit } from "graphql";
import { badUserInput } from "../failure/bad-user-input.ts";

/**
 * Postgres has no text with the character U+0000, so no value can mean anything with it.
 * @returns what to say of a request that has one in a text of its document or its variables; null for all others.
 */
export function refuseNul(document: DocumentNode, variables: unknown): GraphQLError | null {
  let found = hasNul(variables);
  visit(document, {
    StringValue: ({ value }) => {
      found ||= value.includes("\0");
    },
  });
  return found ? badUserInput("The character U+0000 cannot be used in a value.") : null;
}

/** Without recursion, so that no nesting can exhaust the stack. */
function hasNul(value: unknown): boolean {
  const rest = [value];
  while (rest.length > 0) {
    const item = rest.pop();
    if (typeof item === "string" && item.includes("\0")) return true;
    if (typeof item !== "object" || item === null) continue;
    if (!Array.isArray(item) && Object.keys(item).some((key) => key.includes("\0"))) return true;
    for (const inner of Object.values(item)) rest.push(inner);
  }
  return false;
}
