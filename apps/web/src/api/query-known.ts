import { ApiError } from "@widefield/graphql/documents/client";
import type { TypedDocument } from "@widefield/graphql/documents/typed-document";
import { notFound } from "next/navigation";
import { query } from "./query.ts";

/**
 * As `query`, for variables that come from the address: an id or a cursor that this site never gave out shows the page for
 * addresses where nothing is.
 * @throws `ApiError` for everything else.
 */
export async function queryKnown<Result, Variables>(
  document: TypedDocument<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  try {
    return await query(document, variables);
  } catch (error) {
    if (error instanceof ApiError && error.code === "BAD_USER_INPUT") notFound();
    throw error;
  }
}
