import type { TypedDocument } from "@widefield/graphql/documents/typed-document";
import { notFound } from "next/navigation";
import { queryIfKnown } from "./query-if-known.ts";

/**
 * As `query`, for variables that come from the address: an id or a cursor that this site never gave out shows the page for
 * addresses where nothing is.
 * @throws `ApiError` for everything else.
 */
export async function queryKnown<Result, Variables>(
  document: TypedDocument<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  return (await queryIfKnown(document, variables)) ?? notFound();
}
