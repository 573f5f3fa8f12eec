import type { Axis, Subject } from "../chart/view.ts";

/** The API groups by so many params at most. */
export const mostParams = 8;

/**
 * The params that theory is asked about apart: the one that the experiment tells lines by, also where the study holds it fixed, and every axis
 * of which theory may say something else. It speaks of all widths at once, of any constant learning rate and of any seed.
 */
export function theoryGrouping(axes: readonly Axis[], view: Subject["view"]): string[] {
  if (view === null) return [];
  const apart = axes.map(({ param }) => param).filter((param) => ![view.x, view.tune, "seed"].includes(param));
  return [...new Set([view.color, ...apart])].slice(0, mostParams);
}
