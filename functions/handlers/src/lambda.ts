import { handlerFromEnv } from "@widefield/graphql/http/handler-from-env";
import { createLambdaHandler } from "./lambda/lambda-handler.ts";

/** AWS Lambda behind an API Gateway HTTP API, or a function URL in the invoke mode BUFFERED. */
export const handler = createLambdaHandler((request, peer) => handlerFromEnv()(request, peer));
