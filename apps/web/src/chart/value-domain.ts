import { padded, type ScaleKind } from "./ticks.ts";

/** What is drawn at one place: a mean and its interval, null where there is none. */
interface Drawn {
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The span of a value axis: the means, with their intervals where these do not dwarf them. Two seeds give an interval of 12.7 standard
 * errors to either side; beside it every line would be flat.
 */
export function valueDomain(points: readonly Drawn[], kind: ScaleKind): [number, number] {
  const positive = (value: number) => kind === "linear" || value > 0;
  const means = points.flatMap(({ mean }) => (mean !== null && positive(mean) ? [mean] : []));
  if (means.length === 0) return [0.1, 1];
  const ends = points.flatMap(({ low, high }) => [low, high].filter((end) => end !== null)).filter(positive);
  const low = Math.min(...means);
  const high = Math.max(...means);
  if (kind === "log") {
    const room = Math.max(high / low, 2);
    return padded(Math.max(Math.min(low, ...ends), low / room), Math.min(Math.max(high, ...ends), high * room), kind);
  }
  const room = high - low || Math.abs(high) || 1;
  return padded(Math.max(Math.min(low, ...ends), low - room), Math.min(Math.max(high, ...ends), high + room), kind);
}

/** At which ends of a value axis an interval goes on beyond it. */
export function runsOff({ low, high }: Pick<Drawn, "low" | "high">, [from, to]: readonly [number, number]) {
  return { below: low !== null && low < from, above: high !== null && high > to };
}
