import { axisValues } from "./axis-values.ts";
import { randomDraw } from "./random-draws.ts";
import type { Json, Sweep } from "./sweep.ts";

/** One configuration as the sweep names it: raw params, before the experiment's defaults. */
export interface Cell {
  readonly params: Readonly<Record<string, Json>>;
  /** The swept and drawn params alone: what a message names a cell by. */
  readonly coordinates: Readonly<Record<string, Json>>;
}

/** Every cell of the grid times every draw, the last axis varying fastest, draws faster still. Lazy. */
export function* cellsOf(sweep: Sweep): Generator<Cell, void, void> {
  const draws = sweep.random;
  for (const point of gridPoints(Object.entries(sweep.axes).map(([name, axis]) => [name, axisValues(axis)]))) {
    for (let index = 0; index < (draws?.count ?? 1); index++) {
      const coordinates = { ...point, ...(draws ? randomDraw(draws, index) : {}) };
      yield { coordinates, params: { ...sweep.fixed, ...coordinates } };
    }
  }
}

/** Counts like an odometer, so that many axes of one value cost no more than their number. */
function* gridPoints(
  axes: readonly (readonly [string, readonly Json[]])[],
): Generator<Record<string, Json>, void, void> {
  if (axes.some(([, values]) => values.length === 0)) return;
  const at = axes.map(() => 0);
  for (;;) {
    yield Object.fromEntries(axes.map(([name, values], place) => [name, values[at[place] ?? 0] ?? null]));
    let place = axes.length - 1;
    for (; place >= 0; place--) {
      const next = (at[place] ?? 0) + 1;
      at[place] = next === axes[place]?.[1].length ? 0 : next;
      if (at[place] !== 0) break;
    }
    if (place < 0) return;
  }
}

/** `width 64, learningRate 0.1`; "the only cell" where nothing varies. */
export function cellName(cell: Cell): string {
  const entries = Object.entries(cell.coordinates);
  return entries.length === 0
    ? "the only cell"
    : entries.map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(", ");
}
