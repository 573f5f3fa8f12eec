import type { Cost, ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import type { PlannedTrial } from "./expand-sweep.ts";
import { atOnce, type Computation } from "./pieces.ts";

/** What one unit should cost: some seconds on a wasm core (20 GFLOP/s at best), a fraction of one on a good GPU, which leases several. */
export const targetUnitFlops = 1e11;

/** Trials that will travel together. */
export interface Pack<Trial extends PlannedTrial = PlannedTrial> {
  readonly key: string;
  readonly trials: readonly Trial[];
  readonly cost: Cost;
}

/**
 * Packs trials of one shape: up to the experiment's `maxPack`, and not beyond `maxFlops` unless one trial alone is.
 * Keeps the order of the trials within each shape. Pure.
 */
export function packTrials<Trial extends PlannedTrial>(
  definition: ExperimentDefinition,
  trials: readonly Trial[],
  maxFlops: number = targetUnitFlops,
): Pack<Trial>[] {
  return atOnce(packing(definition, trials, maxFlops));
}

/** The same as a computation that may be interrupted after each trial. */
export function* packing<Trial extends PlannedTrial>(
  definition: ExperimentDefinition,
  trials: readonly Trial[],
  maxFlops: number = targetUnitFlops,
): Computation<Pack<Trial>[]> {
  const shape = shapeReader(definition);
  const groups = new Map<string, Trial[]>();
  for (const trial of trials) {
    const { key } = shape(trial);
    const group = groups.get(key);
    if (group) group.push(trial);
    else groups.set(key, [trial]);
    yield;
  }
  const packs: Pack<Trial>[] = [];
  for (const [key, group] of groups) {
    let open: Trial[] = [];
    let flops = 0;
    const close = (): void => {
      if (open.length === 0) return;
      packs.push({ key, trials: open, cost: definition.cost(open.map((trial) => trial.params)) });
      open = [];
      flops = 0;
    };
    for (const trial of group) {
      const cost = shape(trial).flops;
      if (open.length >= definition.maxPack || (open.length > 0 && flops + cost > maxFlops)) close();
      open.push(trial);
      flops += cost;
      yield;
    }
    close();
  }
  return packs;
}

/** Reads pack keys and the flops of single trials, once for each cell: its seeds share the params object. */
export function shapeReader(
  definition: ExperimentDefinition,
): (trial: Pick<PlannedTrial, "params">) => { key: string; flops: number } {
  const known = new Map<unknown, { key: string; flops: number }>();
  return ({ params }) => {
    let shape = known.get(params);
    if (!shape) {
      shape = { key: definition.packKey(params), flops: definition.cost([params]).flops };
      known.set(params, shape);
    }
    return shape;
  };
}
