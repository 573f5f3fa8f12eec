import { request as ask } from "@widefield/graphql/documents/client";
import type { TypedDocument } from "@widefield/graphql/documents/typed-document";

/**
 * Asks the API from the browser; the cookie goes along.
 * @throws `ApiError` with words for the reader.
 */
export async function request<Result, Variables>(
  document: TypedDocument<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Result> {
  return await ask(new URL("/api/graphql", location.href).href, document, variables, { signal });
}
