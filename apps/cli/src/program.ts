import { Command } from "commander";
import { addClassifyCommand } from "./experiment/classify-command.ts";
import { addDescribeCommand } from "./experiment/describe-command.ts";
import { addListCommand } from "./experiment/list-command.ts";

/** The whole command line. Commands load what they compute with when they run, so that help is quick. */
export function createProgram(): Command {
  const program = new Command("widefield")
    .description("Widefield: a commons for experiments about width, computed by volunteers' GPUs.")
    .version("0.1.0")
    .showHelpAfterError("(add --help for how to call it)")
    .configureHelp({ sortSubcommands: false })
    .exitOverride();
  program.commandsGroup("Experiments:");
  addListCommand(program);
  addDescribeCommand(program);
  addClassifyCommand(program);
  return program;
}
