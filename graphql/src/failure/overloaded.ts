import { GraphQLError } from "graphql";

/** For what this process cannot take on now: an error of the field, worth another attempt. */
export function overloaded(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "SERVICE_UNAVAILABLE" } });
}
