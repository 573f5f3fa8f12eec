import { ensureGenerated } from "@widefield/prisma/generate";
import { listEntries, loadEntry } from "./entry.ts";

/**
 * `npm run bench -- <name> [options]`: runs `tests/src/bench/<name>.ts`, which exports `bench(argv)`; without a name lists them.
 * @returns the exit code.
 */
export async function runBench([name, ...argv]: readonly string[]): Promise<number> {
  const names = listEntries("bench", "bench");
  if (name === undefined || !names.includes(name)) {
    if (name !== undefined) console.error(`There is no benchmark "${name}".`);
    console.error(`npm run bench -- <name> [options], with one of: ${names.join(", ") || "(none)"}`);
    return name === undefined ? 0 : 2;
  }
  await ensureGenerated();
  const { bench } = await loadEntry("bench", name);
  if (typeof bench !== "function") throw new TypeError(`tests/src/bench/${name}.ts exports no function "bench".`);
  const code: unknown = await bench(argv);
  return typeof code === "number" ? code : 0;
}
