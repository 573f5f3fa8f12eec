import { metricOf } from "@widefield/experiments/contract/agreement";
import type { ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import { badUserInput } from "../failure/bad-user-input.ts";

/**
 * Refuses a metric that the experiment does not report, where the experiment is known.
 * @throws GraphQLError (BAD_USER_INPUT)
 */
export function checkMetricName(name: string, definition: ExperimentDefinition | null): void {
  if (name === "" || name.length > 200) throw badUserInput("A metric has a name of 1 to 200 characters.");
  if (!definition || metricOf(definition, name)) return;
  const known = definition.metrics
    .map((metric) => (metric.perLayer ? `${metric.name}.<layer>` : metric.name))
    .join(", ");
  throw badUserInput(`${definition.id}@${definition.version} reports no metric "${name}". It reports: ${known}.`);
}
