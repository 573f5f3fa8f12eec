import type { Axis, Json } from "./sweep.ts";

/** How many values an axis has, without making them. */
export function axisLength(axis: Axis): number {
  if (Array.isArray(axis)) return axis.length;
  if ("ladder" in axis) return ladderLength(axis.ladder);
  return axis.geometric.count;
}

/** The values of an axis, in order. Numbers are rounded to 6 significant digits, ladders to whole numbers where they start and grow as such. */
export function axisValues(axis: Axis): readonly Json[] {
  if (Array.isArray(axis)) return axis;
  if ("ladder" in axis) {
    const { from, factor } = axis.ladder;
    return Array.from({ length: ladderLength(axis.ladder) }, (_, step) =>
      tidy(from * factor ** step, Number.isInteger(from)),
    );
  }
  const { from, to, count } = axis.geometric;
  return Array.from({ length: count }, (_, at) => significant(from * (to / from) ** (at / (count - 1)), 6));
}

/** Values up to `to`, give or take rounding. */
function ladderLength({ from, to, factor }: { from: number; to: number; factor: number }): number {
  return Math.floor(Math.log(to / from) / Math.log(factor) + 1e-9) + 1;
}

/** A ladder of whole numbers stays one: 64·√2 is the width 91. */
function tidy(value: number, whole: boolean): number {
  return whole ? Math.round(value) : significant(value, 6);
}

/** Rounded to so many significant digits, which is how people write a learning rate. */
export function significant(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
