import { type Command, Option } from "commander";
import { wholeNumber } from "../argument/number-argument.ts";
import { parseServerAddress, urlOption } from "../server/server-address.ts";

interface VolunteerOptions {
  readonly url: string;
  readonly backend: "auto" | "webgpu" | "wasm" | "cpu";
  readonly maxUnits?: number;
  readonly concurrency: number;
  readonly study?: string;
  readonly family?: string;
  readonly name?: string;
}

export function addVolunteerCommand(program: Command): void {
  program
    .command("volunteer")
    .description("compute for a server until Ctrl-C; finished work is kept and sent again after any interruption")
    .addOption(urlOption())
    .addOption(
      new Option("--backend <name>", "auto: webgpu on a real adapter, else wasm")
        .choices(["auto", "webgpu", "wasm", "cpu"])
        .default("auto"),
    )
    .addOption(new Option("--max-units <number>", "end after so many").argParser(wholeNumber(1, 1_000_000_000)))
    .addOption(
      new Option("--concurrency <number>", "so many units side by side").argParser(wholeNumber(1, 64)).default(1),
    )
    .option("--study <slug>", "only this study")
    .option("--family <name>", "only this family, for example feature-learning")
    .option("--name <text>", "what the host is called in public")
    .addHelpText(
      "after",
      "\nThe account is made at the first call and kept in the data folder; WIDEFIELD_TOKEN names another.\nExample:\n  widefield volunteer --url https://widefield.example --max-units 10",
    )
    .action(async (options: VolunteerOptions) => {
      const server = parseServerAddress(options.url);
      const { volunteer } = await import("./volunteer.ts");
      await volunteer(server, options);
    });
}
