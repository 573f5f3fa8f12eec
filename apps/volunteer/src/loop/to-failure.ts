import { ApiError, type ExchangeFailure } from "./ports.ts";

/** What an exchange's exception means for the loop. Whatever is not understood is worth another try. */
export function toFailure(error: unknown): ExchangeFailure {
  return error instanceof ApiError
    ? error.failure
    : { kind: "unreachable", message: sentence(error), retryAfterMs: null };
}

/** An error in words for a person. */
export function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
