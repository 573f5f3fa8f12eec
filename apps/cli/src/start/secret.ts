import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writePrivately } from "@widefield/volunteer/node/private-file";

/**
 * The secret that signs sessions and hashes networks: WIDEFIELD_SECRET, else one made at the first start and kept in the data folder.
 * Losing it signs everybody out, no more.
 */
export async function ensureSecret(folder: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  if (env.WIDEFIELD_SECRET) return env.WIDEFIELD_SECRET;
  const file = join(folder, "secret");
  const kept = (await readFile(file, "utf8").catch(() => "")).trim();
  if (kept !== "") return kept;
  const secret = randomBytes(32).toString("hex");
  await writePrivately(file, `${secret}\n`);
  return secret;
}
