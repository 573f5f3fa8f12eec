import { ApiError } from "../loop/ports.ts";

/**
 * Makes an anonymous account.
 * @returns its bearer token; null when the server speaks by cookie alone
 * @throws ApiError
 */
export async function signInAnonymously(baseUrl: string, signal: AbortSignal): Promise<string | null> {
  const url = new URL("/api/auth/sign-in/anonymous", baseUrl);
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
    signal,
  }).catch(() => {
    throw new ApiError({
      kind: "unreachable",
      message: `${url.origin} does not answer. Is the server running, and the network there?`,
      retryAfterMs: null,
    });
  });
  if (response.ok) return response.headers.get("set-auth-token");
  if (response.status === 429 || response.status >= 500) {
    const seconds = Number(response.headers.get("x-retry-after") ?? response.headers.get("retry-after"));
    throw new ApiError({
      kind: "unreachable",
      message: `${url.origin} makes no new accounts just now (${response.status}). It is asked again.`,
      retryAfterMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null,
    });
  }
  throw new ApiError({
    kind: "refused",
    message: `${url.origin} gave no account (${response.status}). Is this the address of a Widefield server?`,
  });
}
