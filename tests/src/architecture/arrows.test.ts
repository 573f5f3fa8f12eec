import { relative } from "node:path";
import { describe, expect, test } from "vitest";
import { importsOf, packageOf, packagesReachedFrom, resolveImport } from "./import-graph.ts";
import { readWorkspaces, repositoryRoot } from "./workspace.ts";

const workspaces = readWorkspaces();

/** Which workspace may import which parts of which other: everything else is forbidden. */
const arrows: Readonly<Record<string, readonly RegExp[]>> = {
  "@widefield/experiments": [],
  "@widefield/prisma": [],
  "@widefield/datasets": [/^@widefield\/prisma\//, /^@widefield\/experiments\/contract\//],
  "@widefield/graphql": [
    /^@widefield\/prisma\//,
    /^@widefield\/datasets\//,
    // The light half: that it brings no tfjs is tested below.
    /^@widefield\/experiments\/(catalog|contract\/|kernel-digest$|random\/)/,
  ],
  "@widefield/volunteer": [
    /^@widefield\/experiments\//,
    /^@widefield\/graphql\/documents(\/|$)/,
    // Data by content hash over HTTP; nothing of the store.
    /^@widefield\/datasets\/(fetch-labelled|blob-cache|file-cache)$/,
  ],
  "@widefield/web": [
    /^@widefield\/volunteer\/browser(\/|$)/,
    /^@widefield\/graphql\/(http|documents)(\/|$)/,
    // The sweep's schema and arithmetic are pure; the form uses the server's own.
    /^@widefield\/graphql\/sweep\//,
    /^@widefield\/experiments\/contract\//,
  ],
  "@widefield/handlers": [/^@widefield\/graphql\/http(\/|$)/],
  "@widefield/cli": [
    /^@widefield\/(web|datasets|prisma|experiments)\//,
    /^@widefield\/volunteer\//,
    /^@widefield\/graphql\//,
  ],
  "@widefield/tests": [/^@widefield\//],
};

const shown = (file: string) => relative(repositoryRoot, file);

describe.each(workspaces.map((workspace) => [workspace.name, workspace] as const))("%s", (name, workspace) => {
  const imports = workspace.sources.flatMap(importsOf);

  test("imports only what its arrows allow", () => {
    const allowed = arrows[name];
    expect(allowed, "a new workspace needs its arrows here").toBeDefined();
    const wrong = imports
      .filter(({ specifier }) => specifier.startsWith("@widefield/") && packageOf(specifier) !== name)
      .filter(({ specifier }) => !allowed?.some((pattern) => pattern.test(specifier)))
      .map(({ from, specifier }) => `${shown(from)} -> ${specifier}`);
    expect(wrong).toEqual([]);
  });

  test("reaches other workspaces by name and its own files by path", () => {
    const wrong = imports
      .filter(({ from, specifier }) => {
        if (packageOf(specifier) === name) return name !== "@widefield/tests";
        return (
          specifier.startsWith(".") &&
          relative(workspace.folder, new URL(specifier, `file://${from}`).pathname).startsWith("..")
        );
      })
      .map(({ from, specifier }) => `${shown(from)} -> ${specifier}`);
    expect(wrong).toEqual([]);
  });

  test("imports only files that exist and subpaths that are exported", () => {
    const wrong = imports.flatMap((found) => {
      // Stylesheets and generated folders of Next are the bundler's business.
      if (/\.(css|wasm|woff2)$/.test(found.specifier) || found.specifier.includes(".next/")) return [];
      try {
        resolveImport(found, workspaces);
        return [];
      } catch (error) {
        return [String(error)];
      }
    });
    expect(wrong).toEqual([]);
  });

  test("declares every package that it imports", () => {
    const declared = { ...workspace.manifest.dependencies, ...workspace.manifest.devDependencies };
    const wrong = imports
      .map(({ from, specifier }) => ({ from, needed: packageOf(specifier) }))
      .filter(
        ({ needed }) =>
          needed !== null && needed !== name && !(needed in declared) && !(`@types/${needed}` in declared),
      )
      .filter(({ needed }) => !isNodeBuiltin(needed ?? ""))
      .map(({ from, needed }) => `${shown(from)} -> ${needed}`);
    expect(wrong).toEqual([]);
  });

  test("depends only on the workspaces that it uses", () => {
    const declared = Object.keys(workspace.manifest.dependencies ?? {}).filter((other) =>
      other.startsWith("@widefield/"),
    );
    const used = new Set(imports.map(({ specifier }) => packageOf(specifier)));
    const unused = declared.filter((other) => !used.has(other));
    // The command builds and serves the site's folder; it imports nothing of it.
    expect(unused).toEqual(name === "@widefield/cli" ? ["@widefield/web"] : []);
  });

  test("is private, and keeps its internal folder to itself", () => {
    expect(workspace.manifest.private).toBe(true);
    if (workspace.manifest.exports) expect(workspace.manifest.exports["./internal/*"]).toBeNull();
  });
});

function isNodeBuiltin(name: string): boolean {
  return process.getBuiltinModule(name) !== undefined;
}

describe("what the server loads", () => {
  test.each(["@widefield/graphql", "@widefield/handlers", "@widefield/datasets"])("%s never loads tfjs", (name) => {
    const sources = workspaces.find((workspace) => workspace.name === name)?.sources ?? [];
    expect(sources.length).toBeGreaterThan(0);
    const reached = packagesReachedFrom(sources, workspaces);
    const tfjs = [...reached].filter(([npm]) => npm.startsWith("@tensorflow/"));
    expect(tfjs.map(([npm, chain]) => `${npm} by ${chain.map(shown).join(" -> ")}`)).toEqual([]);
  });

  test("the light half of the experiments never loads tfjs", () => {
    const entry = resolveImport({ from: "", specifier: "@widefield/experiments/catalog", typeOnly: false }, workspaces);
    const reached = packagesReachedFrom(entry === null ? [] : [entry], workspaces);
    expect(reached.has("zod")).toBe(true);
    expect([...reached.keys()].filter((npm) => npm.startsWith("@tensorflow/"))).toEqual([]);
  });

  test("the heavy half does, so the walk sees what it should", () => {
    const entry = resolveImport(
      { from: "", specifier: "@widefield/experiments/programs", typeOnly: false },
      workspaces,
    );
    const reached = packagesReachedFrom(entry === null ? [] : [entry], workspaces);
    expect([...reached.keys()].some((npm) => npm.startsWith("@tensorflow/"))).toBe(true);
  });
});

describe("what a browser loads", () => {
  test("the typed documents bring no GraphQL implementation and nothing of Node", () => {
    const entry = resolveImport({ from: "", specifier: "@widefield/graphql/documents", typeOnly: false }, workspaces);
    expect([...packagesReachedFrom(entry === null ? [] : [entry], workspaces).keys()]).toEqual([]);
  });
});
