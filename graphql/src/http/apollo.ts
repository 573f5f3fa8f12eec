import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import type { ApiContext } from "../context.ts";
import { schema } from "../schema.ts";
import { formatGraphqlError } from "./graphql-error.ts";
import { maxTokens } from "./max-tokens.ts";
import { refuseNul } from "./refuse-nul.ts";

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
    parseOptions: { maxTokens },
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (m) => logger.warn(m),
      error: (m) => logger.error(m),
    },
    formatError: (formatted, error) => formatGraphqlError(formatted, error, logger),
    plugins: [specifiedStatus, withoutNul],
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

const withoutNul: ApolloServerPlugin<ApiContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ document, request }) => {
      const refusal = refuseNul(document, request.variables);
      if (!refusal) return;
      // As for what does not fit a variable's type; without a status Apollo takes it for an accident of the server.
      throw new GraphQLError(refusal.message, { extensions: { ...refusal.extensions, http: { status: 400 } } });
    },
  }),
};
