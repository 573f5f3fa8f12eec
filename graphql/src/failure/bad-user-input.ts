import { GraphQLError } from "graphql";

/** For arguments of queries that cannot be answered: an error of the field, with a code that programs can tell. */
export function badUserInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
}
