import { handlerFromEnv } from "@widefield/graphql/http/handler-from-env";
import { createLambdaStreamHandler, type LambdaRuntime } from "./lambda/lambda-stream-handler.ts";

const { awslambda } = globalThis as typeof globalThis & { readonly awslambda?: LambdaRuntime };
if (!awslambda)
  throw new Error("This entry runs on AWS Lambda's Node runtime alone; elsewhere use lambda.ts or fetch.ts.");

/** AWS Lambda behind a function URL in the invoke mode RESPONSE_STREAM: exports, dataset files and live streams. */
export const handler = awslambda.streamifyResponse(
  createLambdaStreamHandler((request, peer) => handlerFromEnv()(request, peer), awslambda),
);
