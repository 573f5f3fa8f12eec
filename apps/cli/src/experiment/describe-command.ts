import { paramsJsonSchema } from "@widefield/experiments/catalog";
import type { Command } from "commander";
import { requireExperiment } from "./find-experiment.ts";

export function addDescribeCommand(program: Command): void {
  program
    .command("describe")
    .description("print the JSON Schema of an experiment's params, with its metrics and series")
    .argument("<experiment>", "for example feature-learning.mlp")
    .action((name: string) => {
      const definition = requireExperiment(name);
      const { id, version, family, title, metrics, series } = definition;
      const schema = {
        ...paramsJsonSchema(definition),
        // Keys that JSON Schema does not know are annotations to it: the output stays a schema.
        experiment: id,
        version,
        family,
        title,
        metrics,
        series,
      };
      process.stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
    });
}
