import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CommandFailure } from "../failure/command-failure.ts";
import { dataFolder, makeDataFolder } from "../place/data-folder.ts";

/** Where `widefield start` leaves the operator's token for the commands of the same machine. */
export function operatorTokenFile(folder: string): string {
  return join(folder, "operator-token");
}

export interface CredentialChoice {
  /** Act as the operator of the server that runs on this machine. */
  readonly operator?: boolean | undefined;
}

/**
 * The bearer token for a server: WIDEFIELD_TOKEN, the operator's when asked for, else the one kept for this address in
 * `credentials.json`; where none is kept, a new anonymous account is made and kept.
 * @throws CommandFailure when the server cannot be reached or refuses.
 */
export async function tokenFor(server: URL, choice: CredentialChoice = {}): Promise<string> {
  if (process.env.WIDEFIELD_TOKEN) return process.env.WIDEFIELD_TOKEN;
  const folder = dataFolder();
  if (choice.operator) return readOperatorToken(folder);
  const file = join(folder, "credentials.json");
  const kept = await readCredentials(file);
  const known = kept[server.origin];
  if (known !== undefined) return known;
  const token = await signInAnonymously(server);
  await makeDataFolder(folder);
  await writePrivately(file, `${JSON.stringify({ ...kept, [server.origin]: token }, null, 2)}\n`);
  return token;
}

/** Writes a file that only its owner may read, at once, so that nobody reads half of it. */
export async function writePrivately(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, file);
}

async function readOperatorToken(folder: string): Promise<string> {
  const token = await readFile(operatorTokenFile(folder), "utf8").catch(() => "");
  if (token.trim() !== "") return token.trim();
  throw new CommandFailure(
    `There is no operator's token in ${folder}. \`widefield start\` makes it; WIDEFIELD_DATA_DIR says where to look.`,
  );
}

async function readCredentials(file: string): Promise<Readonly<Record<string, string>>> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    if (typeof value !== "object" || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
  } catch {
    return {};
  }
}

async function signInAnonymously(server: URL): Promise<string> {
  const address = new URL("/api/auth/sign-in/anonymous", server);
  const response = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  }).catch((cause: unknown) => {
    throw new CommandFailure(`${server.origin} does not answer. Is the server running, and the network there?`, 1, {
      cause,
    });
  });
  const token = response.headers.get("set-auth-token");
  await response.body?.cancel();
  if (!response.ok || !token) {
    throw new CommandFailure(
      `${server.origin} gave no account (${response.status} ${response.statusText}). Is it a Widefield server?`,
    );
  }
  return token;
}
