import type { Command } from "commander";
import { tokenFor } from "../server/credentials.ts";
import { operatorOption, parseServerAddress, type ServerOptions, urlOption } from "../server/server-address.ts";
import { printAnswer } from "../terminal/answer.ts";
import { findStudy } from "./find-study.ts";
import { createStudy, publishStudy } from "./publish-study.ts";
import { readStudyFile } from "./read-study-file.ts";

/** `study create` and `study publish`. */
export function addCreateStudyCommands(study: Command): void {
  study
    .command("create")
    .description("make a study from a YAML or JSON file")
    .argument("<file>", "@study.yaml, or - for standard input")
    .addOption(urlOption())
    .option("--slug <slug>", "another address than the file's: the same question, asked by you")
    .option("--publish", "publish it at once: volunteers start, and it can no longer be edited")
    .addOption(operatorOption())
    .option("--json", "one JSON object")
    .addHelpText(
      "after",
      "\nThe format is the API's studyFileSchema; examples lie in functions/experiments/studies.\n  widefield study create @functions/experiments/studies/feature-learning/feature-movement.yaml --slug my-feature-movement --publish",
    )
    .action(async (file: string, options: ServerOptions & { publish?: boolean; slug?: string }) => {
      const server = parseServerAddress(options.url);
      const read = await readStudyFile(file.startsWith("@") || file === "-" ? file : `@${file}`);
      const content = options.slug === undefined ? read : { ...read, slug: options.slug };
      const token = await tokenFor(server, options);
      const made = await createStudy(server, token, content);
      if (options.publish) await publishStudy(server, token, made.id);
      const address = new URL(`/studies/${made.slug}`, server).href;
      const answer = { slug: made.slug, id: made.id, published: options.publish ?? false, url: address };
      printAnswer(answer, {
        json: options.json ?? false,
        text: () =>
          options.publish
            ? `Published ${made.slug}: ${address}`
            : `Made the draft ${made.slug}, which nobody sees but the account that made it. Publish it with:\n  npx widefield study publish ${made.slug} --url ${server.origin}${options.operator ? " --operator" : ""}`,
      });
    });

  study
    .command("publish")
    .description("publish a draft")
    .argument("<slug>")
    .addOption(urlOption())
    .addOption(operatorOption())
    .action(async (slug: string, options: ServerOptions) => {
      const server = parseServerAddress(options.url);
      const token = await tokenFor(server, options);
      const { id } = await findStudy(server, slug, token);
      await publishStudy(server, token, id);
      console.log(`Published ${slug}: ${new URL(`/studies/${slug}`, server).href}`);
    });
}
