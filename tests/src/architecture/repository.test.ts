import { execFile } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { readJson, readWorkspaces, repositoryRoot } from "./workspace.ts";

const workspaces = readWorkspaces();
const bin = (name: string) => join(repositoryRoot, "node_modules", ".bin", name);

/** Runs a tool from the root; a failure shows what it printed. */
async function run(name: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(bin(name), args, {
      cwd: repositoryRoot,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", NO_COLOR: "1" },
      maxBuffer: 16 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${name} ${args.join(" ")} is not content:\n${`${stdout}\n${stderr}`.slice(-6000)}`);
  }
}

describe("the tools are content", () => {
  test("format and lint", { timeout: 60_000 }, () => run("biome", "check", "--error-on-warnings", "."));
  test("no unused file, export or dependency", { timeout: 120_000 }, () => run("knip", "--no-progress"));
  test("types, in every workspace", { timeout: 240_000 }, async () => {
    const typed = workspaces.filter(({ folder }) => existsSync(join(folder, "tsconfig.json")));
    expect(typed.length).toBe(workspaces.length);
    await run("turbo", "run", "typecheck", "--output-logs=errors-only");
  });
});

interface Lock {
  readonly packages: Readonly<Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>>;
}

describe("the lock file", () => {
  // npm writes none while a release's binaries for some platform are not there yet, and `npm ci` then fails on that platform.
  test("has an entry for every optional dependency", () => {
    const { packages } = readJson(join(repositoryRoot, "package-lock.json")) as Lock;
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !isLocked(packages, path, name))
        .map((name) => `${path || "the root"} -> ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test("belongs to the manifests", () => {
    const { packages } = readJson(join(repositoryRoot, "package-lock.json")) as Lock;
    for (const { folder, manifest } of workspaces) {
      const locked = packages[folder.slice(repositoryRoot.length)] as {
        dependencies?: object;
        devDependencies?: object;
      };
      expect(locked?.dependencies ?? {}, `${manifest.name}, dependencies`).toEqual(manifest.dependencies ?? {});
      expect(locked?.devDependencies ?? {}, `${manifest.name}, devDependencies`).toEqual(
        manifest.devDependencies ?? {},
      );
    }
  });
});

/** Node's lookup: beside the package, then in every node_modules above it. */
function isLocked(packages: Lock["packages"], path: string, name: string): boolean {
  const parts = path === "" ? [] : path.split("/node_modules/");
  for (let depth = parts.length; depth >= 0; depth--) {
    const folder = parts.slice(0, depth).join("/node_modules/");
    const candidate = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (candidate in packages) return true;
  }
  return false;
}

describe("the folders", () => {
  test("every workspace says in its README's first line what it is", () => {
    for (const { folder, name } of workspaces) {
      const readme = join(folder, "README.md");
      expect(existsSync(readme), `${name} has a README.md`).toBe(true);
      const [first = ""] = readFileSync(readme, "utf8").split("\n");
      expect(first, `${name}'s first line`).toMatch(/^# \S.{15,}/);
    }
  });

  test("every command is executable and starts with Node", () => {
    const bins = workspaces.flatMap(({ folder, manifest }) =>
      Object.values(manifest.bin ?? {}).map((path) => join(folder, path)),
    );
    expect(bins.length).toBeGreaterThanOrEqual(4);
    for (const path of [...bins, join(repositoryRoot, ".ci", "run")]) {
      accessSync(path, constants.X_OK);
      expect(readFileSync(path, "utf8")).toMatch(/^#!\/usr\/bin\/env (node|bash)\n/);
    }
  });

  test("versions of packages are pinned", () => {
    for (const { name, manifest } of workspaces) {
      for (const [dependency, version] of Object.entries(manifest.dependencies ?? {})) {
        const pinned = dependency.startsWith("@widefield/") ? /^\*$/ : /^\d+\.\d+\.\d+(-[\w.]+)?$/;
        expect(version, `${name} -> ${dependency}`).toMatch(pinned);
      }
    }
  });
});
