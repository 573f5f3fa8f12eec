import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { CommandFailure } from "../failure/command-failure.ts";
import { repositoryRoot } from "./repository.ts";

/** Where this machine keeps its database, downloads, credentials and logs: WIDEFIELD_DATA_DIR, else `.widefield` in the checkout. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env): string {
  return env.WIDEFIELD_DATA_DIR ? resolve(env.WIDEFIELD_DATA_DIR) : join(repositoryRoot, ".widefield");
}

/** Makes the data folder where it is missing. @throws CommandFailure when it cannot be written. */
export async function makeDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(
      `The data folder ${folder} cannot be made (${reason}). Set WIDEFIELD_DATA_DIR to a folder that you may write to.`,
    );
  }
}
