import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const repositoryRoot = fileURLToPath(new URL("../../..", import.meta.url));

/** One npm workspace as its files say. */
export interface Workspace {
  /** `@widefield/graphql` */
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** Absolute paths of its source files, generated ones included. */
  readonly sources: readonly string[];
}

export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | null>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Every workspace of the root manifest, sorted by name. */
export function readWorkspaces(): Workspace[] {
  const { workspaces } = readJson(join(repositoryRoot, "package.json")) as { workspaces: string[] };
  return workspaces
    .flatMap((pattern) =>
      pattern.endsWith("/*")
        ? readdirSync(join(repositoryRoot, pattern.slice(0, -2))).map((name) =>
            join(repositoryRoot, pattern.slice(0, -2), name),
          )
        : [join(repositoryRoot, pattern)],
    )
    .filter((folder) => existsSync(join(folder, "package.json")))
    .map((folder) => {
      const manifest = readJson(join(folder, "package.json")) as Manifest;
      return { name: manifest.name, folder, manifest, sources: listSources(join(folder, "src")) };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}

function listSources(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
