import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { usageFailure } from "../failure/command-failure.ts";

/**
 * What an argument says: itself, the file that `@path` names, or standard input for `-`.
 * @throws CommandFailure (exit code 2) when the file cannot be read.
 */
export async function readText(argument: string): Promise<string> {
  if (argument === "-") return text(process.stdin);
  if (!argument.startsWith("@")) return argument;
  return readTextFile(argument.slice(1));
}

/** @throws CommandFailure (exit code 2) when the file cannot be read. */
export async function readTextFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const reason =
      code === "ENOENT"
        ? "it does not exist"
        : code === "EISDIR"
          ? "it is a folder"
          : error instanceof Error
            ? error.message
            : String(error);
    throw usageFailure(`Cannot read ${path}: ${reason}.`);
  }
}
