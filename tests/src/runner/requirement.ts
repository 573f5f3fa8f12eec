import { accessSync, constants, readdirSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A program that tests use and npm cannot install. */
export interface Requirement {
  readonly name: string;
  /** What is not tested without it. */
  readonly purpose: string;
  readonly install: string;
  /** Where it was found; null when it is missing. */
  readonly path: string | null;
}

/** What this machine has of the programs that tests need. Looks at files only, starts nothing. */
export function findRequirements(env: NodeJS.ProcessEnv = process.env): Requirement[] {
  return [
    {
      name: "Chromium",
      purpose: "the tests in a real browser",
      install: "apt-get install chromium (or set CHROMIUM to the path of a Chrome)",
      path: findChromium(env),
    },
    {
      name: "PostgreSQL",
      purpose: "the tests on a real Postgres",
      install: "apt-get install postgresql (or put initdb and postgres on the PATH)",
      path: findPostgres(env),
    },
  ];
}

/** Path of a Chromium or Chrome; the CHROMIUM variable goes first. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
  if (env.CHROMIUM) return isExecutable(env.CHROMIUM) ? env.CHROMIUM : null;
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
  const onPath = searchPath(env).flatMap((folder) => names.map((name) => join(folder, name)));
  const elsewhere = [
    "/usr/bin/chromium",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ];
  return [...onPath, ...elsewhere].find(isExecutable) ?? null;
}

/** Folder that holds `initdb` and `postgres`: on the PATH, else the newest of Debian's. */
export function findPostgres(env: NodeJS.ProcessEnv = process.env): string | null {
  const debian = "/usr/lib/postgresql";
  const versions = listFolder(debian)
    .filter((name) => /^\d+$/.test(name))
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(debian, version, "bin"));
  const homebrew = ["/opt/homebrew/opt/postgresql/bin", "/usr/local/opt/postgresql/bin"];
  const folders = [...searchPath(env), ...versions, ...homebrew];
  return folders.find((folder) => ["initdb", "postgres"].every((name) => isExecutable(join(folder, name)))) ?? null;
}

function searchPath(env: NodeJS.ProcessEnv): string[] {
  return (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
