export type ScaleKind = "log" | "linear";

/** About `count` round values that cover [low, high]: for a log scale 1, 2, 5 per decade, thinned as the range grows. */
export function ticksOf(low: number, high: number, kind: ScaleKind, count = 6): number[] {
  if (!(high > low)) return Number.isFinite(low) ? [low] : [];
  return kind === "log" && low > 0 ? logTicks(low, high, count) : linearTicks(low, high, count);
}

function logTicks(low: number, high: number, count: number): number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const decades = Math.log10(high) - Math.log10(low);
  const mantissas = decades > (count + 1) / 2 ? [1] : decades > 2 ? [1, 3] : decades > 0.7 ? [1, 2, 5] : null;
  if (!mantissas) return linearTicks(low, high, count);
  const every = decades > 2 * count ? Math.ceil(decades / count) : 1;
  const found: number[] = [];
  for (let exponent = first; exponent <= last; exponent += every) {
    for (const mantissa of mantissas) {
      const value = Number(`${mantissa}e${exponent}`);
      if (value >= low * 0.9999 && value <= high * 1.0001) found.push(value);
    }
  }
  return found;
}

function linearTicks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((multiple) => multiple * power >= rough) ?? 10) * power;
  const found: number[] = [];
  for (let at = Math.ceil(low / step - 1e-9); at * step <= high + step * 1e-9; at += 1) {
    found.push(Number((at * step).toPrecision(12)));
  }
  return found;
}

/** Widens [low, high] a little, so that marks do not touch the frame. */
export function padded(low: number, high: number, kind: ScaleKind, share = 0.06): [number, number] {
  if (kind === "log" && low > 0) {
    const room = Math.max(high / low, 1.2) ** share;
    return [low / room, high * room];
  }
  const room = (high - low || Math.abs(high) || 1) * share;
  return [low - room, high + room];
}

/** Values that suit a log axis: all above zero, and more than one. */
export function suitsLog(values: readonly number[]): boolean {
  return new Set(values).size > 1 && values.every((value) => value > 0);
}
