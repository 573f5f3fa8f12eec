import { randomUUID } from "node:crypto";
import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { Failure } from "../failure/failure.ts";

/** Postgres codes of a value that a column's type cannot hold: the caller's doing. */
const unfitValue = new Set(["22P02", "22P05", "22021", "22003", "22007", "22008", "22023", "22032"]);

/** The database is away, full or overloaded: Postgres classes 08, 53 and 57, and what drivers say. */
const awayCode = /^(08|53|57)|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|P1001|P1002|P1008|P1017|P2024)$/;

/** The statement was ended by its time limit, see `relay/bounded-read.ts`. */
const canceled = "57014";

/**
 * What a caller is told of an error. Expected ones as they are, with a code; of the others nothing but an id, under which
 * the log has the whole.
 */
export function formatGraphqlError(
  formatted: GraphQLFormattedError,
  error: unknown,
  logger: Logger,
): GraphQLFormattedError {
  const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
  const code = extensions.code;
  if (code !== undefined && code !== "INTERNAL_SERVER_ERROR") return { ...formatted, extensions };
  const cause = unwrapResolverError(error);
  if (cause instanceof Failure) return { ...formatted, extensions: { code: cause.name } };
  // Thrown by graphql-js or by Pothos about what was asked.
  if (cause instanceof GraphQLError && !cause.originalError) {
    return { ...formatted, extensions: { ...extensions, code: "BAD_USER_INPUT" } };
  }
  const codes = causeCodes(cause);
  if (codes.some((known) => unfitValue.has(known))) {
    return {
      ...formatted,
      message: "A value given here cannot be compared or stored.",
      extensions: { code: "BAD_USER_INPUT" },
    };
  }
  const id = randomUUID();
  logger.error({ err: cause, errorId: id, path: formatted.path }, "unexpected error");
  if (codes.includes(canceled)) {
    return {
      ...formatted,
      message: "This took the database too long, and was ended. Nothing was lost: ask for less at once, or filter it.",
      extensions: { code: "SERVICE_UNAVAILABLE", errorId: id },
    };
  }
  if (codes.some((known) => awayCode.test(known)) || isTimeout(cause)) {
    return {
      ...formatted,
      message: "The database does not answer now. Nothing was lost: try again in a moment.",
      extensions: { code: "SERVICE_UNAVAILABLE", errorId: id },
    };
  }
  return {
    ...formatted,
    message: `Something went wrong on the server. Its log knows this as ${id}.`,
    extensions: { code: "INTERNAL_SERVER_ERROR", errorId: id },
  };
}

/** The codes of an error and of what caused it: Prisma wraps the driver's. */
function causeCodes(error: unknown, depth = 0): string[] {
  if (typeof error !== "object" || error === null || depth > 5) return [];
  const fields = error as {
    code?: unknown;
    cause?: unknown;
    originalCode?: unknown;
    meta?: unknown;
    driverAdapterError?: unknown;
  };
  return [
    ...[fields.code, fields.originalCode].filter((code) => typeof code === "string"),
    ...[fields.cause, fields.meta, fields.driverAdapterError].flatMap((inner) => causeCodes(inner, depth + 1)),
  ];
}

function isTimeout(error: unknown): boolean {
  return (
    error instanceof Error &&
    /timeout exceeded when trying to connect|Connection terminated|Can't reach database/.test(error.message)
  );
}
