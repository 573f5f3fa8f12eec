import type { Cost, ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import type { PlannedTrial } from "../sweep/expand-sweep.ts";

/** What a host can take as one unit. */
export interface Room {
  readonly flops: number;
  readonly memoryBytes: number;
  readonly maxBufferBytes: number;
}

/** Does a unit of this cost fit, apart from the time it takes? */
export function fitsMemory(cost: Cost, room: Room): boolean {
  return cost.peakBytes <= room.memoryBytes && cost.largestBufferBytes <= room.maxBufferBytes;
}

/**
 * Cuts the trials of one pack into the fewest equal parts (by halving) that fit the room; single trials if only the time is too long.
 * Null when not even one trial fits the memory, or nothing needs cutting.
 */
export function splitPack<Trial extends Pick<PlannedTrial, "params">>(
  definition: ExperimentDefinition,
  trials: readonly Trial[],
  room: Room,
): { readonly trials: readonly Trial[]; readonly cost: Cost }[] | null {
  const costOf = (part: readonly Trial[]): Cost => definition.cost(part.map((trial) => trial.params));
  let size = trials.length;
  for (; size > 1; size = Math.ceil(size / 2)) {
    const cost = costOf(trials.slice(0, size));
    if (cost.flops <= room.flops && fitsMemory(cost, room)) break;
  }
  if (size === trials.length || !fitsMemory(costOf(trials.slice(0, size)), room)) return null;
  return Array.from({ length: Math.ceil(trials.length / size) }, (_, part) => {
    const some = trials.slice(part * size, (part + 1) * size);
    return { trials: some, cost: costOf(some) };
  });
}
