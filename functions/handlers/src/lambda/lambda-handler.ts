import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { failureResponse, type HttpHandler } from "../http-handler.ts";
import { requestOfEvent } from "./request-of-event.ts";
import { resultOfResponse } from "./result-of-response.ts";

/**
 * Wraps a fetch handler for API Gateway HTTP APIs and function URLs (payload format 2.0), answers buffered up to Lambda's 6 MB.
 * Never throws: what goes wrong is written to the function's log and answered with 500.
 */
export function createLambdaHandler(
  handler: HttpHandler,
): (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2> {
  return async (event) => {
    try {
      const { request, peer } = requestOfEvent(event);
      return await resultOfResponse(await handler(request, peer));
    } catch (error) {
      console.error(error);
      return resultOfResponse(failureResponse(500, "The server failed. The function's log says why."));
    }
  };
}
