import { ApiError, request } from "@widefield/graphql/documents/client";
import type { TypedDocument } from "@widefield/graphql/documents/typed-document";
import { CommandFailure } from "../failure/command-failure.ts";

/** @throws CommandFailure in words for a person: unreachable, not a Widefield server, or what the API says. */
export async function ask<Result, Variables>(
  server: URL,
  document: TypedDocument<Result, Variables>,
  variables: Variables,
  token?: string,
): Promise<Result> {
  try {
    return await request(new URL("/api/graphql", server).href, document, variables, { token });
  } catch (error) {
    if (error instanceof ApiError) throw new CommandFailure(error.message, 1, { cause: error });
    throw error;
  }
}

interface NamedFailure {
  readonly __typename: string;
  readonly message: string;
  readonly issues?: readonly { readonly path: string; readonly message: string }[];
}

/**
 * A named failure of a mutation as a sentence and its issues, one per line.
 * NotAuthenticated and NotAllowed also say how to act as somebody else.
 */
export function failureOf(answer: NamedFailure): CommandFailure {
  const issues = (answer.issues ?? []).map(({ path, message }) => `${path ? `${path}: ` : ""}${message}`);
  // Where the API has no more to say than its issues, its message is those joined.
  const head = answer.message === issues.join(" ") ? [] : [answer.message];
  const lines = head.length > 0 ? issues.map((issue) => `  ${issue}`) : issues;
  const hint =
    answer.__typename === "NotAllowed" || answer.__typename === "NotAuthenticated"
      ? ["Set WIDEFIELD_TOKEN, or add --operator on the server's own machine."]
      : [];
  const exitCode = answer.__typename === "InvalidInput" ? 2 : 1;
  return new CommandFailure([...head, ...lines, ...hint].join("\n"), exitCode);
}
