import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { lock } from "proper-lockfile";

const workspace = fileURLToPath(new URL("..", import.meta.url));
const schemaFile = join(workspace, "schema.prisma");
const generated = join(workspace, "src", "generated");
const pothosTypes = join(workspace, "..", "graphql", "src", "generated", "pothos.ts");
const stampFile = join(generated, ".schema-digest");

/**
 * Makes sure that the Prisma client and the Pothos types belong to `schema.prisma` as it is now; imports neither.
 * Needs no network, and takes a few milliseconds when nothing changed. Two processes may call it at once.
 * @returns whether anything was generated.
 * @throws when the schema does not validate; the message is Prisma's.
 */
export async function ensureGenerated(): Promise<boolean> {
  const digest = await inputDigest();
  if (await isCurrent(digest)) return false;
  await mkdir(dirname(pothosTypes), { recursive: true });
  const release = await lock(workspace, {
    // Not in our own generated folder: Prisma empties that.
    lockfilePath: join(dirname(pothosTypes), ".generate.lock"),
    retries: { retries: 300, minTimeout: 100, maxTimeout: 200 },
  });
  try {
    if (await isCurrent(digest)) return false;
    await generate();
    await writeFile(stampFile, digest);
    return true;
  } finally {
    await release();
  }
}

async function isCurrent(digest: string): Promise<boolean> {
  if (!existsSync(pothosTypes) || !existsSync(join(generated, "client.ts"))) return false;
  return (await readFile(stampFile, "utf8").catch(() => "")) === digest;
}

/** Of the schema and of the workspaces that pin the generators: an upgrade of Prisma or Pothos generates anew. */
async function inputDigest(): Promise<string> {
  const hash = createHash("sha256");
  for (const file of [schemaFile, join(workspace, "package.json"), join(workspace, "..", "graphql", "package.json")]) {
    hash.update(await readFile(file));
  }
  return hash.digest("hex");
}

/**
 * `prisma generate` would first download a schema engine, which it never runs; an existing executable at this variable
 * makes it skip the download.
 */
async function generate(): Promise<void> {
  const prisma = join(dirname(createRequire(import.meta.url).resolve("prisma/package.json")), "build", "index.js");
  try {
    await promisify(execFile)(process.execPath, [prisma, "generate", "--schema", schemaFile], {
      cwd: workspace,
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
        PATH: `${join(workspace, "..", "node_modules", ".bin")}${delimiter}${process.env.PATH ?? ""}`,
      },
    });
  } catch (error) {
    const output = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
    throw new Error(`prisma generate failed.\n${output.trim() || String(error)}`, { cause: error });
  }
}
