import { CommandPauseStudyDocument, CommandResumeStudyDocument } from "@widefield/graphql/documents";
import type { Command } from "commander";
import { ask, failureOf } from "../server/ask.ts";
import { tokenFor } from "../server/credentials.ts";
import { operatorOption, parseServerAddress, type ServerOptions, urlOption } from "../server/server-address.ts";
import { findStudy } from "./find-study.ts";

/** `study pause` and `study resume`. */
export function addManageStudyCommands(study: Command): void {
  for (const [name, document, does] of [
    ["pause", CommandPauseStudyDocument, "grant no new work of a study; results under way are still taken"],
    ["resume", CommandResumeStudyDocument, "go on with a paused study"],
  ] as const) {
    study
      .command(name)
      .description(does)
      .argument("<slug>")
      .addOption(urlOption())
      .addOption(operatorOption())
      .action(async (slug: string, options: ServerOptions) => {
        const server = parseServerAddress(options.url);
        const token = await tokenFor(server, options);
        const { id } = await findStudy(server, slug, token);
        const { managed } = await ask(server, document, { studyId: id }, token);
        if (managed.__typename !== "Study") throw failureOf(managed);
        console.log(`${managed.slug} is ${managed.state.toLowerCase()}.`);
      });
  }
}
