import type { Command } from "commander";
import { addCreateStudyCommands } from "./create-study-command.ts";
import { addManageStudyCommands } from "./manage-study-command.ts";
import { addReadStudyCommands } from "./read-study-command.ts";

export function addStudyCommand(program: Command): void {
  const study = program.command("study").description("make, follow and read studies on a server");
  addCreateStudyCommands(study);
  addReadStudyCommands(study);
  addManageStudyCommands(study);
}
