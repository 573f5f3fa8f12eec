import { type Command, Option } from "commander";
import { wholeNumber } from "../argument/number-argument.ts";
import { printAnswer } from "../terminal/answer.ts";

interface RunOptions {
  readonly params: string;
  readonly seed: number;
  readonly backend?: "webgpu" | "wasm" | "cpu";
  readonly json?: boolean;
}

export function addRunCommand(program: Command): void {
  program
    .command("run")
    .description("compute one trial on this machine and print its result")
    .argument("<experiment>", "for example feature-learning.mlp, or with its version feature-learning.mlp@1")
    .option("--params <json>", "as JSON, @file (YAML or JSON), or - for standard input", "{}")
    .addOption(
      new Option("--seed <number>", "chooses the random numbers").argParser(wholeNumber(0, 2 ** 31 - 1)).default(0),
    )
    .addOption(
      new Option("--backend <name>", "left out: webgpu where there is an adapter, else wasm").choices([
        "webgpu",
        "wasm",
        "cpu",
      ]),
    )
    .option("--json", "one JSON object on one line, also on a terminal")
    .addHelpText(
      "after",
      `\nExample:\n  widefield run feature-learning.mlp --params '{"width":256,"steps":100}' --seed 3`,
    )
    .action(async (name: string, options: RunOptions) => {
      const { describeRun, runTrial } = await import("./run-trial.ts");
      const result = await runTrial({ name, params: options.params, seed: options.seed, backend: options.backend });
      printAnswer(result, { json: options.json ?? false, text: () => describeRun(result) });
      // Dawn keeps the event loop alive; the answer is written, so nothing is lost.
      if (result.backend === "webgpu") process.stdout.write("", () => process.exit());
    });
}
