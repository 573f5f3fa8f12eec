import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import { visit } from "graphql";
import type { Logger } from "pino";
import type { ApiContext } from "../context.ts";
import { badUserInput } from "../failure/bad-user-input.ts";
import { schema } from "../schema.ts";
import { formatGraphqlError } from "./graphql-error.ts";

/** Apollo Server as the GraphQL-over-HTTP specification wants it; `graphql-route.ts` speaks HTTP with it. */
export function createApollo(logger: Logger): ApolloServer<ApiContext> {
  return new ApolloServer<ApiContext>({
    schema,
    introspection: true,
    // http/same-origin.ts does this by what browsers say of a request, without demanding special headers of anybody.
    csrfPrevention: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: false,
    nodeEnv: "production",
    parseOptions: { maxTokens: 10_000 },
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (m) => logger.warn(m),
      error: (m) => logger.error(m),
    },
    formatError: (formatted, error) => formatGraphqlError(formatted, error, logger),
    plugins: [specifiedStatus, refuseNul],
  });
}

/**
 * Under `application/json` a well-formed request is answered with 200, whatever is wrong with the query
 * (GraphQL over HTTP, section 6.4.1); only the newer `application/graphql-response+json` tells by status.
 */
const specifiedStatus: ApolloServerPlugin<ApiContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ request, response }) => {
      const accept = request.http?.headers.get("accept") ?? "*/*";
      const legacy = !accept.includes("application/graphql-response+json");
      if (legacy && response.http.status === 400 && request.query) response.http.status = 200;
    },
  }),
};

/** Postgres has no text with the character U+0000, so no value can mean anything with it. */
const refuseNul: ApolloServerPlugin<ApiContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ document, request }) => {
      const refuse = (text: string) => {
        if (text.includes("\0")) throw badUserInput("The character U+0000 cannot be used in a value.");
      };
      visit(document, { StringValue: (node) => refuse(node.value) });
      forEachText(request.variables, refuse);
    },
  }),
};

function forEachText(value: unknown, look: (text: string) => void): void {
  if (typeof value === "string") look(value);
  else if (Array.isArray(value)) for (const item of value) forEachText(item, look);
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      look(key);
      forEachText(item, look);
    }
  }
}
