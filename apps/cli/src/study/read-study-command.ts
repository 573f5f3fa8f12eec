import { CommandStudiesDocument, type CommandStudiesQuery } from "@widefield/graphql/documents";
import { type Command, Option } from "commander";
import { ask } from "../server/ask.ts";
import { tokenFor } from "../server/credentials.ts";
import { operatorOption, parseServerAddress, type ServerOptions, urlOption } from "../server/server-address.ts";
import { printAnswer } from "../terminal/answer.ts";
import { formatQuantity } from "../terminal/quantity.ts";
import { formatTable } from "../terminal/table.ts";
import { findStudy } from "./find-study.ts";
import { type ExportFormat, writeResults } from "./study-results.ts";

/** `study list`, `study show` and `study results`. */
export function addReadStudyCommands(study: Command): void {
  study
    .command("list")
    .description("list the studies of a server, newest first")
    .addOption(urlOption())
    .option("--json", "one JSON object")
    .action(async (options: ServerOptions) => {
      const studies = await listStudies(parseServerAddress(options.url));
      if (options.json) return console.log(JSON.stringify({ studies }));
      console.log(
        formatTable(
          ["study", "state", "decided", "title"],
          studies.map(({ slug, state, progress, title }) => [
            slug,
            state.toLowerCase(),
            `${progress.decided}/${progress.trials}`,
            title,
          ]),
        ),
      );
    });

  study
    .command("show")
    .description("show one study and how far it is")
    .argument("<slug>")
    .addOption(urlOption())
    .addOption(operatorOption())
    .option("--json", "one JSON object")
    .action(async (slug: string, options: ServerOptions) => {
      const server = parseServerAddress(options.url);
      // A draft is seen by its author alone; a public study needs no account.
      const token = process.env.WIDEFIELD_TOKEN || options.operator ? await tokenFor(server, options) : undefined;
      const found = await findStudy(server, slug, token);
      printAnswer(found, { json: options.json ?? false, text: () => describeStudy(found) });
    });

  study
    .command("results")
    .description("write the agreed results of a study to standard output")
    .argument("<slug>")
    .addOption(urlOption())
    .addOption(new Option("--format <format>", "of the rows").choices(["csv", "ndjson", "json"]).default("csv"))
    .option("--where <json>", "a ResultFilter of the API, as JSON or @file")
    .action((slug: string, options: ServerOptions & { format: ExportFormat; where?: string }) =>
      writeResults(parseServerAddress(options.url), slug, options.format, options.where),
    );
}

type FoundStudy = Awaited<ReturnType<typeof findStudy>>;

function describeStudy({
  slug,
  title,
  question,
  state,
  experimentName,
  experimentVersion,
  progress,
}: FoundStudy): string {
  const { trials, decided, valid, diverged, nondeterministic, failed, adopted, pendingResults, activeLeases } =
    progress;
  return [
    `${title} (${slug})`,
    question,
    "",
    `${experimentName}@${experimentVersion}, ${state.toLowerCase()}`,
    `${decided} of ${trials} trials decided: ${valid} agreed (${diverged} of them diverged, ${adopted} adopted), ${nondeterministic} without agreement, ${failed} failed`,
    `${pendingResults} results wait for their quorum, ${activeLeases} leases are active`,
    `${formatQuantity(progress.decidedFlops, "FLOP")} of ${formatQuantity(progress.flops, "FLOP")}`,
  ].join("\n");
}

async function listStudies(server: URL) {
  const studies = [];
  let after: string | null = null;
  do {
    const { studies: page }: CommandStudiesQuery = await ask(server, CommandStudiesDocument, { first: 100, after });
    studies.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
  } while (after !== null);
  return studies;
}
