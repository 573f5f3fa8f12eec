import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { digestOf } from "../contract/identity.ts";

const source = fileURLToPath(new URL("..", import.meta.url));
/** What says of an experiment but computes nothing. */
const light = ["catalog", "contract", "kernel-digest"];

/**
 * Names the code that computes: 16 hex digits over the package's numeric source, WGSL included, and the versions of what it runs on.
 * Hosts whose digests differ may round differently and are not of one numerics class. Runs under Node, from a checkout.
 */
export function computeKernelDigest(): string {
  const manifest = JSON.parse(readFileSync(join(source, "..", "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const files = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !light.includes(path.split(sep)[0] ?? ""))
    .map((path) => relative(source, join(source, path)).split(sep).join("/"))
    .sort();
  const contents = files.map((path) => [path, readFileSync(join(source, path), "utf8").replaceAll("\r\n", "\n")]);
  const tfjs = Object.entries(manifest.dependencies).filter(([name]) => name.startsWith("@tensorflow/"));
  return digestOf({ contents, tfjs }).slice(0, 16);
}
