interface Ending {
  readonly steps: readonly number[];
  readonly values: readonly number[];
  readonly divergedAtStep: number | null;
}

/**
 * The steps that a chart of learning curves covers: from the first step of training to the last that is known of. A trial may
 * diverge long after its last recorded value, and that step is known too.
 */
export function curveSpan(lines: readonly Ending[]): readonly [number, number] {
  const last = lines.flatMap(({ steps, divergedAtStep }) => [...steps, divergedAtStep ?? 0]);
  return [0, last.reduce((most, step) => Math.max(most, step), 1)];
}

/** From a diverged line's last recorded value to its divergence, at the same height: there is no value to draw there. */
export interface CurveBreak {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/** How a line breaks off; null where it does not diverge or recorded nothing. */
export function curveBreak({ steps, values, divergedAtStep }: Ending): CurveBreak | null {
  const from = steps.at(-1);
  const value = values.at(-1);
  if (divergedAtStep === null || from === undefined || value === undefined) return null;
  return { from, to: Math.max(from, divergedAtStep), value };
}
