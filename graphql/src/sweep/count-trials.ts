import { axisLength } from "./axis-values.ts";
import type { Sweep } from "./sweep.ts";

/** Trials that a sweep asks for, before equal ones fall together. Multiplies lengths; expands nothing. */
export function countTrials(sweep: Sweep): number {
  const cells = Object.values(sweep.axes).reduce((product, axis) => product * axisLength(axis), 1);
  return cells * (sweep.random?.count ?? 1) * seedCount(sweep);
}

export function seedCount(sweep: Sweep): number {
  return typeof sweep.seeds === "number" ? sweep.seeds : new Set(sweep.seeds).size;
}

export function seedsOf(sweep: Sweep): readonly number[] {
  return typeof sweep.seeds === "number"
    ? Array.from({ length: sweep.seeds }, (_, seed) => seed)
    : [...new Set(sweep.seeds)];
}
