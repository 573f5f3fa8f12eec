import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Workspace } from "./workspace.ts";

/** One import as it is written. */
export interface Import {
  /** Absolute path of the importing file. */
  readonly from: string;
  readonly specifier: string;
  /** `import type` and `export type`: gone at run time. */
  readonly typeOnly: boolean;
}

/** Static, re-exporting and dynamic imports with a literal specifier, and worker URLs. Comments are left out. */
export function importsOf(file: string): Import[] {
  const source = readFileSync(file, "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "");
  const statement =
    /\b(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?["']([^"']+)["']|\bimport\s*\(\s*["']([^"']+)["']/g;
  const found: Import[] = [];
  for (const [, type, specifier, dynamic] of source.matchAll(statement)) {
    const target = specifier ?? dynamic;
    if (target) found.push({ from: file, specifier: target, typeOnly: type !== undefined });
  }
  return found;
}

/** `@scope/name` or `name` of a bare specifier; null for relative and Node's own. */
export function packageOf(specifier: string): string | null {
  if (specifier.startsWith(".") || specifier.startsWith("node:") || specifier.startsWith("/")) return null;
  const [first = "", second = ""] = specifier.split("/");
  return first.startsWith("@") ? `${first}/${second}` : first;
}

/**
 * The file that a relative import or an import of a workspace leads to, by the workspace's `exports`.
 * Null for packages from npm. @throws Error for what leads nowhere.
 */
export function resolveImport(found: Import, workspaces: readonly Workspace[]): string | null {
  if (found.specifier.startsWith(".")) {
    const target = join(dirname(found.from), found.specifier);
    if (!existsSync(target)) throw new Error(`${found.from} imports ${found.specifier}, which does not exist.`);
    return target;
  }
  const workspace = workspaces.find(({ name }) => name === packageOf(found.specifier));
  if (!workspace) return null;
  const subpath = `.${found.specifier.slice(workspace.name.length)}`;
  const target = targetOf(subpath, workspace.manifest.exports ?? {});
  if (target === null) throw new Error(`${found.from} imports ${found.specifier}, which is not exported.`);
  const file = join(workspace.folder, target);
  if (!existsSync(file)) throw new Error(`${found.from} imports ${found.specifier}, which leads to no file (${file}).`);
  return file;
}

/** Node's rule: an exact key, else the pattern with the longest beginning. */
function targetOf(subpath: string, exports: Readonly<Record<string, string | null>>): string | null {
  if (subpath in exports) return exports[subpath] ?? null;
  const [best] = Object.keys(exports)
    .filter((key) => key.includes("*"))
    .filter((key) => {
      const [before = "", after = ""] = key.split("*");
      return subpath.startsWith(before) && subpath.endsWith(after) && subpath.length >= before.length + after.length;
    })
    .sort((a, b) => b.indexOf("*") - a.indexOf("*"));
  if (best === undefined) return null;
  const [before = "", after = ""] = best.split("*");
  const middle = subpath.slice(before.length, subpath.length - after.length);
  return exports[best]?.replaceAll("*", middle) ?? null;
}

/** Every package from npm that loading these files loads, each with one chain of files that leads there. */
export function packagesReachedFrom(
  entries: readonly string[],
  workspaces: readonly Workspace[],
): Map<string, readonly string[]> {
  const chains = new Map<string, readonly string[]>(entries.map((entry) => [entry, [entry]]));
  const packages = new Map<string, readonly string[]>();
  const queue = [...entries];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    const chain = chains.get(file) ?? [];
    for (const found of importsOf(file)) {
      if (found.typeOnly) continue;
      const target = resolveImport(found, workspaces);
      const npm = target === null ? packageOf(found.specifier) : null;
      if (npm !== null && !packages.has(npm)) packages.set(npm, chain);
      if (target !== null && /\.tsx?$/.test(target) && !chains.has(target)) {
        chains.set(target, [...chain, target]);
        queue.push(target);
      }
    }
  }
  return packages;
}
