import type { CurvePoint } from "./volunteer-view.ts";

/** Where things are drawn, in the units of the figure's view box. */
export interface CurveModel {
  readonly paths: readonly string[];
  /** The newest point of each line. */
  readonly tips: readonly { readonly x: number; readonly y: number }[];
  readonly yTicks: readonly { readonly y: number; readonly label: string }[];
  readonly xTicks: readonly { readonly x: number; readonly label: string }[];
  readonly scale: "log" | "linear";
}

/** Inner edges of the drawing, in view-box units. */
export interface CurveFrame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** More lines are not told apart. */
const MOST_LINES = 24;

/**
 * Lays out live curves: steps from 0 to `steps` on the x axis; on the y axis a log scale where it is wanted and every value is positive.
 * Null before there is a point.
 */
export function layOutCurve(
  lines: readonly (readonly CurvePoint[])[],
  steps: number,
  wanted: "LOG" | "LINEAR",
  frame: CurveFrame,
): CurveModel | null {
  const drawn = lines.slice(0, MOST_LINES).filter((line) => line.length > 0);
  const values = drawn.flatMap((line) => line.map(({ value }) => value));
  if (values.length === 0) return null;
  const scale = wanted === "LOG" && values.every((value) => value > 0) ? "log" : "linear";
  const to = scale === "log" ? Math.log10 : (value: number) => value;
  const [low, high] = widen(Math.min(...values.map(to)), Math.max(...values.map(to)), scale);
  const x = (step: number) => frame.left + ((frame.right - frame.left) * step) / Math.max(1, steps);
  const y = (value: number) => frame.bottom - ((frame.bottom - frame.top) * (to(value) - low)) / (high - low);
  const at = ({ step, value }: CurvePoint) => ({ x: round(x(step)), y: round(y(value)) });
  const ticks = scale === "log" ? logTicks(low, high) : linearTicks(low, high);
  return {
    paths: drawn.map((line) =>
      line
        .map(at)
        .map((point, i) => `${i === 0 ? "M" : "L"}${point.x} ${point.y}`)
        .join(""),
    ),
    tips: drawn.flatMap((line) => line.slice(-1).map(at)),
    yTicks: ticks.map((value) => ({ y: round(y(value)), label: tickLabel(value) })),
    xTicks: linearTicks(0, steps)
      .filter((step) => Number.isInteger(step) && step <= steps)
      .map((step) => ({ x: round(x(step)), label: String(step) })),
    scale,
  };
}

/** Some room above and below, also when all values are equal. */
function widen(low: number, high: number, scale: CurveModel["scale"]): [number, number] {
  const least = scale === "log" ? 0.5 : Math.max(1e-9, Math.abs(high) * 0.1);
  const room = Math.max(least - (high - low), (high - low) * 0.08) / 2;
  return [low - room, high + room];
}

function linearTicks(low: number, high: number): number[] {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? power;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** Powers of ten, with 2 and 5 between them where there are few. */
function logTicks(low: number, high: number): number[] {
  const powers = Array.from({ length: Math.ceil(high) - Math.floor(low) + 1 }, (_, i) => Math.floor(low) + i);
  const factors = high - low > 2 ? [1] : [1, 2, 5];
  // Over many decades every second, third, … power is named.
  const stride = Math.ceil(powers.length / 6);
  return powers
    .filter((power) => power % stride === 0)
    .flatMap((power) => factors.map((factor) => factor * 10 ** power))
    .filter((value) => Math.log10(value) >= low && Math.log10(value) <= high);
}

function tickLabel(value: number): string {
  const size = Math.abs(value);
  if (value !== 0 && (size >= 1e4 || size < 1e-3)) return value.toExponential(0).replace("e+", "e").replace("-", "−");
  return String(Number(value.toPrecision(3))).replace("-", "−");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
