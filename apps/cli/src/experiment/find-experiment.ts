import { experiments, findExperiment } from "@widefield/experiments/catalog";
import type { ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import { usageFailure } from "../failure/command-failure.ts";

/** @throws CommandFailure (exit code 2) that lists what there is. */
export function requireExperiment(name: string): ExperimentDefinition {
  const found = findExperiment(name);
  if (found) return found;
  const known = experiments.map(({ id, version }) => `${id}@${version}`).join(", ");
  throw usageFailure(`There is no experiment "${name}". There are: ${known}.`);
}
