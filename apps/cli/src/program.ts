import { Command } from "commander";
import { addDataCommand } from "./data/data-command.ts";
import { addClassifyCommand } from "./experiment/classify-command.ts";
import { addDescribeCommand } from "./experiment/describe-command.ts";
import { addListCommand } from "./experiment/list-command.ts";
import { addRunCommand } from "./experiment/run-command.ts";
import { addOpenCommand } from "./open/open-command.ts";
import { addQueryCommand } from "./query/query-command.ts";
import { addStartCommand } from "./start/start-command.ts";
import { addStudyCommand } from "./study/study-command.ts";
import { addVolunteerCommand } from "./volunteer/volunteer-command.ts";

/** The whole command line. Commands load what they compute with when they run, so that help is quick. */
export function createProgram(): Command {
  const program = new Command("widefield")
    .description("Widefield: a commons for experiments about width, computed by volunteers' GPUs.")
    .version("0.1.0")
    .showHelpAfterError("(add --help for how to call it)")
    .configureHelp({ sortSubcommands: false })
    .exitOverride();
  program.commandsGroup("This machine:");
  addStartCommand(program);
  addOpenCommand(program);
  addDataCommand(program);
  program.commandsGroup("Experiments:");
  addListCommand(program);
  addDescribeCommand(program);
  addRunCommand(program);
  addClassifyCommand(program);
  program.commandsGroup("A server:");
  addVolunteerCommand(program);
  addStudyCommand(program);
  addQueryCommand(program);
  return program;
}
