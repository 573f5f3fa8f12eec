import { CommanderError } from "commander";
import { CommandFailure, exitCodes } from "./failure/command-failure.ts";
import { createProgram } from "./program.ts";

/** Runs the command line. Sets the exit code and never throws; only a bug prints more than one sentence. */
export async function main(argv: readonly string[]): Promise<void> {
  // `widefield list | head` closes the pipe early; that is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
  try {
    await createProgram().parseAsync(argv);
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** @returns the exit code. */
function report(error: unknown): number {
  // Commander has printed its message, and throws for --help too, with 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
  if (error instanceof CommandFailure) {
    console.error(error.message);
    return error.exitCode;
  }
  console.error(error instanceof Error ? error.message : String(error));
  if (process.env.WIDEFIELD_LOG_LEVEL === "debug") console.error(error);
  else console.error("This is unexpected. Run it again with WIDEFIELD_LOG_LEVEL=debug for the details.");
  return exitCodes.failed;
}
