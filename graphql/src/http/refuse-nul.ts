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

function hasNul(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0");
  if (Array.isArray(value)) return value.some(hasNul);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, item]) => key.includes("\0") || hasNul(item));
}
