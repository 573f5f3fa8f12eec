import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("..", import.meta.url));

/** The names for which `tests/src/<folder>/<name>.ts` exports `exported`, sorted; what they share with each other has no such export. */
export function listEntries(folder: string, exported: string): string[] {
  const path = `${source}${folder}`;
  const declares = new RegExp(`^export (async function|function|const) ${exported}\\b`, "m");
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .filter((file) => declares.test(readFileSync(`${path}/${file}`, "utf8")))
    .map((file) => file.slice(0, -".ts".length))
    .sort();
}

/** The module `tests/src/<folder>/<name>.ts`; the name must be one of `listEntries(folder)`. */
export async function loadEntry(folder: string, name: string): Promise<Readonly<Record<string, unknown>>> {
  return (await import(`../${folder}/${name}.ts`)) as Readonly<Record<string, unknown>>;
}
