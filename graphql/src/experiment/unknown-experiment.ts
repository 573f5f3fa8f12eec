import { experiments } from "@widefield/experiments/catalog";
import { NotFound } from "../failure/failure.ts";

/** The failure for a name that the catalogue lacks. */
export function unknownExperiment(name: string): NotFound {
  const known = experiments.map((definition) => `${definition.id}@${definition.version}`).join(", ");
  return new NotFound(`There is no experiment "${name.slice(0, 100)}". There are: ${known}.`);
}
