import { ticksOf } from "../chart/ticks.ts";
import { formatCount, formatTick } from "../format/number.ts";
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
  const ticks = scale === "log" ? ticksOf(10 ** low, 10 ** high, "log", 5) : ticksOf(low, high, "linear", 5);
  return {
    paths: drawn.map((line) =>
      line
        .map(at)
        .map((point, i) => `${i === 0 ? "M" : "L"}${point.x} ${point.y}`)
        .join(""),
    ),
    tips: drawn.flatMap((line) => line.slice(-1).map(at)),
    yTicks: ticks.map((value) => ({ y: round(y(value)), label: formatTick(value) })),
    xTicks: ticksOf(0, steps, "linear", 4)
      .filter(Number.isInteger)
      .map((step) => ({ x: round(x(step)), label: formatCount(step) })),
    scale,
  };
}

/** Some room above and below, also when all values are equal. */
function widen(low: number, high: number, scale: CurveModel["scale"]): [number, number] {
  const least = scale === "log" ? 0.5 : Math.max(1e-9, Math.abs(high) * 0.1);
  const room = Math.max(least - (high - low), (high - low) * 0.08) / 2;
  return [low - room, high + room];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
