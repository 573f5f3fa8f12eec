import { experiments } from "@widefield/experiments/catalog";
import type { Command } from "commander";
import { formatTable } from "../terminal/table.ts";

export function addListCommand(program: Command): void {
  program
    .command("list")
    .description("list the experiments")
    .option("--json", "one JSON object")
    .action((options: { json?: boolean }) => {
      const answer = {
        experiments: experiments.map(({ id, version, family, title, summary }) => ({
          experiment: id,
          version,
          family,
          title,
          summary,
        })),
      };
      if (options.json) return console.log(JSON.stringify(answer));
      const rows = experiments.map(({ id, version, family, title }) => [`${id}@${version}`, family, title]);
      console.log(formatTable(["experiment", "family", "title"], rows));
    });
}
