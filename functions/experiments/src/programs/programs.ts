import type { ExperimentProgram } from "../contract/program.ts";
import { mlpProgram } from "../feature-learning/mlp-program.ts";

/** The heavy half of every experiment; loads tfjs. */
// As in the catalogue: parseParams is what makes params fit the program that they are passed to.
export const programs: readonly ExperimentProgram[] = [mlpProgram as unknown as ExperimentProgram];

/** The program of `<id>` at `version`; undefined when there is none. */
export function findProgram(id: string, version: number): ExperimentProgram | undefined {
  return programs.find(({ definition }) => definition.id === id && definition.version === version);
}
