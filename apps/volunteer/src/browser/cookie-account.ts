import { VolunteerViewerDocument } from "@widefield/graphql/documents";
import { ApiError as ClientError, request } from "@widefield/graphql/documents/client";
import type { Account } from "../api/account.ts";
import { signInAnonymously } from "../api/sign-in.ts";
import { ApiError } from "../loop/ports.ts";

const TIMEOUT_MS = 30_000;

/** The account of this browser, by cookie; an anonymous one is made when there is none. */
export function cookieAccount(baseUrl: string): Account {
  const url = new URL("/api/graphql", baseUrl).href;
  return {
    token: () => undefined,
    async signIn() {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const { viewer } = await request(url, VolunteerViewerDocument, {}, { signal }).catch((error: unknown) => {
        const message = error instanceof ClientError ? error.message : `${baseUrl} took too long to answer.`;
        throw new ApiError({ kind: "unreachable", message, retryAfterMs: null });
      });
      if (viewer === null) await signInAnonymously(baseUrl, signal);
    },
    forget: async () => undefined,
  };
}
