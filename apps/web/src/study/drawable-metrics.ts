import type { Subject } from "../chart/view.ts";

/**
 * Stored names of the metrics that can be drawn: plain ones as declared, per-layer ones for each layer.
 * Layers are those that theory speaks of, that results have, or that the address names.
 */
export function drawableMetrics(subject: Subject, seen: readonly string[]): string[] {
  const known = new Set([...subject.predicted, ...seen]);
  return subject.metrics.flatMap(({ name, perLayer }) =>
    perLayer
      ? [...known]
          .filter((stored) => stored.startsWith(`${name}.`))
          .sort((a, b) => Number(a.slice(name.length + 1)) - Number(b.slice(name.length + 1)))
      : [name],
  );
}
