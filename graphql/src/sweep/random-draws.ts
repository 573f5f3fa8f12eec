import { threefry2x32 } from "@widefield/experiments/random/threefry";
import { significant } from "./axis-values.ts";
import type { Draw, Json, Sweep } from "./sweep.ts";

/** The drawn params of draw `index`: a function of the sweep's seed, the draw and the param's place, so that more draws keep the first ones. */
export function randomDraw(random: NonNullable<Sweep["random"]>, index: number): Record<string, Json> {
  const words = new Uint32Array(2);
  return Object.fromEntries(
    Object.entries(random.params).map(([name, draw], place) => {
      threefry2x32(words, 0, index, place, random.seed, drawPurpose);
      return [name, valueAt(draw, ((words[0] ?? 0) + 0.5) / 2 ** 32)];
    }),
  );
}

/** Second word of the key, apart from the streams that experiments draw from. */
const drawPurpose = 0x73776570;

/** @param u in (0, 1) */
function valueAt(draw: Draw, u: number): Json {
  if ("choice" in draw) return draw.choice[Math.floor(u * draw.choice.length)] ?? null;
  if ("uniform" in draw) return significant(draw.uniform[0] + u * (draw.uniform[1] - draw.uniform[0]), 6);
  const [low, high] = draw.logUniform;
  return significant(low * (high / low) ** u, 6);
}
