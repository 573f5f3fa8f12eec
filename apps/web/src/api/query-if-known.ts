import { ApiError } from "@widefield/graphql/documents/client";
import type { TypedDocument } from "@widefield/graphql/documents/typed-document";
import { query } from "./query.ts";

/**
 * As `query`, for variables that come from the address; null where the API cannot take them: an id or a cursor that this site
 * never gave out, or a character that no value may hold.
 * @throws `ApiError` for everything else.
 */
export async function queryIfKnown<Result, Variables>(
  document: TypedDocument<Result, Variables>,
  variables: Variables,
): Promise<Result | null> {
  try {
    return await query(document, variables);
  } catch (error) {
    if (error instanceof ApiError && error.code === "BAD_USER_INPUT") return null;
    throw error;
  }
}
