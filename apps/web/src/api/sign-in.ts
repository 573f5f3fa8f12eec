/**
 * Gives this browser an anonymous account by cookie; nothing personal is asked. Call it when the API answers NotAuthenticated.
 * @throws Error with words for the reader.
 */
export async function signInAnonymously(): Promise<void> {
  const response = await fetch("/api/auth/sign-in/anonymous", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  }).catch(() => null);
  if (response === null) throw new Error("The server does not answer. Nothing is lost: try again.");
  if (response.status === 429) throw new Error("Too many new accounts from this network. Wait a minute and try again.");
  if (!response.ok) throw new Error(`The server gave this browser no account (${response.status}). Try again.`);
}

/** Runs a mutation; where it answers NotAuthenticated, signs in and runs it once more. */
export async function asAccount<Answer extends { readonly __typename: string }>(
  run: () => Promise<Answer>,
): Promise<Answer> {
  const answer = await run();
  if (answer.__typename !== "NotAuthenticated") return answer;
  await signInAnonymously();
  return await run();
}
