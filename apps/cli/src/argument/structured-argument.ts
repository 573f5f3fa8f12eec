import { parse as parseYaml, YAMLParseError } from "yaml";
import { usageFailure } from "../failure/command-failure.ts";
import { readText } from "./text-argument.ts";

/**
 * The value that an argument holds: JSON text, `@file` (YAML, of which JSON is a part), or `-` for standard input.
 * @param name for the message, for example `--params`.
 * @throws CommandFailure (exit code 2) when it is neither.
 */
export async function readStructured(argument: string, name: string): Promise<unknown> {
  const text = await readText(argument);
  const fromFile = argument === "-" || argument.startsWith("@");
  try {
    return fromFile ? parseYaml(text) : JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof YAMLParseError)) throw error;
    const source = argument === "-" ? "Standard input" : fromFile ? argument.slice(1) : `The value of ${name}`;
    const form = fromFile ? "YAML or JSON" : "JSON";
    const reason = error.message.split("\n")[0];
    throw usageFailure(`${source} is not ${form}: ${reason}`);
  }
}
