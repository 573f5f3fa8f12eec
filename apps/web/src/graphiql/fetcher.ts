import type { GraphiQLProps } from "graphiql";
import { createClient } from "graphql-sse";

/** How GraphiQL asks this site: queries and mutations by POST, subscriptions as server-sent events. */
export function createFetcher(): GraphiQLProps["fetcher"] {
  const url = new URL("/api/graphql", location.href).href;
  const stream = createClient({ url: `${url}/stream`, retryAttempts: 0 });
  return async (params, options) => {
    const operation = options?.documentAST?.definitions.find(
      (definition) =>
        definition.kind === "OperationDefinition" &&
        (!params.operationName || definition.name?.value === params.operationName),
    );
    if (operation?.kind === "OperationDefinition" && operation.operation === "subscription") {
      return stream.iterate({ query: params.query, variables: params.variables });
    }
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", ...options?.headers },
      body: JSON.stringify(params),
    });
    return await response.json();
  };
}
