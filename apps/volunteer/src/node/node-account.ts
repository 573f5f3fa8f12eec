import type { Account } from "../api/account.ts";
import { signInAnonymously } from "../api/sign-in.ts";
import { ApiError } from "../loop/ports.ts";
import { changeStrings, readStrings } from "./private-file.ts";

const TIMEOUT_MS = 30_000;

/** An account by a token that somebody gave: it is used as it is. */
export function givenAccount(token: string): Account {
  return { token: () => token, signIn: async () => undefined, forget: async () => undefined };
}

/**
 * An anonymous account whose token is kept in `credentials.json`, a JSON object from a server's origin to its token.
 * Several loops of a process share it and sign in once.
 */
export function keptAccount(baseUrl: string, file: string): Account {
  const { origin } = new URL(baseUrl);
  let token: string | undefined;
  let signingIn: Promise<void> | null = null;

  async function signIn(): Promise<void> {
    token = (await readStrings(file))[origin];
    if (token !== undefined) return;
    const made = await signInAnonymously(baseUrl, AbortSignal.timeout(TIMEOUT_MS));
    if (made === null) {
      throw new ApiError({ kind: "refused", message: `${origin} gave an account but no token for it.` });
    }
    token = made;
    // A disk that is full costs the account at the next start; the work under way is not to suffer.
    await changeStrings(file, { [origin]: made }).catch(() => undefined);
  }

  return {
    token: () => token,
    async signIn() {
      if (token !== undefined) return;
      signingIn ??= signIn().finally(() => {
        signingIn = null;
      });
      await signingIn;
    },
    async forget(used) {
      if (token !== used) return;
      token = undefined;
      await changeStrings(file, { [origin]: null }).catch(() => undefined);
    },
  };
}
