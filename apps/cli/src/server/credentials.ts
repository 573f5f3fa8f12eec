import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ApiError } from "@widefield/volunteer/loop/ports";
import { keptAccount } from "@widefield/volunteer/node/node-account";
import { CommandFailure, exitCodes } from "../failure/command-failure.ts";
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
  await makeDataFolder(folder);
  const account = keptAccount(server.origin, join(folder, "credentials.json"));
  try {
    await account.signIn();
  } catch (error) {
    if (error instanceof ApiError) throw new CommandFailure(error.message, exitCodes.failed, { cause: error });
    throw error;
  }
  const token = account.token();
  if (token === undefined) throw new CommandFailure(`${server.origin} gave an account but no token for it.`);
  return token;
}

async function readOperatorToken(folder: string): Promise<string> {
  const token = await readFile(operatorTokenFile(folder), "utf8").catch(() => "");
  if (token.trim() !== "") return token.trim();
  throw new CommandFailure(
    `There is no operator's token in ${folder}. \`widefield start\` makes it; WIDEFIELD_DATA_DIR says where to look.`,
  );
}
