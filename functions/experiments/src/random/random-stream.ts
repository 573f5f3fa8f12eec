import { normalQuantile } from "./normal-quantile.ts";
import { threefry2x32 } from "./threefry.ts";

/** What a stream is for: streams of one seed and different purposes are independent. The numbers are part of every result; never reuse one. */
export const purposes = {
  weights: 1,
  batches: 2,
  trainInputs: 3,
  testInputs: 4,
  teacher: 5,
} as const;
export type Purpose = keyof typeof purposes;

/** Random numbers that depend on (seed, purpose, index) and nothing else: not on the device, the order of drawing elsewhere, or a trial's place in a pack. */
export interface RandomStream {
  /** Fills with words uniform on 0 … 2^32−1. */
  fillWords(out: Uint32Array): void;
  /** Fills with independent normal numbers of mean 0 and this standard deviation, computed in f64 and rounded once. */
  fillNormal(out: Float32Array, deviation: number): void;
  /** Fills with −1 and 1, equally likely. */
  fillSigns(out: Float32Array): void;
  /** A random order of 0 … count−1. */
  permutation(count: number): Uint32Array;
}

/**
 * Opens a stream at its beginning: key (seed, purpose), counter (block, index).
 * 0 ≤ seed, index < 2^32. A stream holds 2^33 words.
 */
export function openStream(seed: number, purpose: Purpose, index = 0): RandomStream {
  const pair = new Uint32Array(2);
  const key1 = purposes[purpose];
  let block = 0;
  let unread = 0;
  const next = (): number => {
    if (unread === 0) {
      threefry2x32(pair, 0, block++, index, seed, key1);
      unread = 2;
    }
    return pair[2 - unread--] ?? 0;
  };
  return {
    fillWords(out) {
      for (let at = 0; at < out.length; at++) out[at] = next();
    },
    fillNormal(out, deviation) {
      // The middle of each of 2^32 equal cells: never 0 or 1, symmetric about ½.
      for (let at = 0; at < out.length; at++) out[at] = deviation * normalQuantile((next() + 0.5) / 2 ** 32);
    },
    fillSigns(out) {
      for (let at = 0; at < out.length; at++) out[at] = next() >>> 31 === 0 ? 1 : -1;
    },
    permutation(count) {
      const order = Uint32Array.from({ length: count }, (_, at) => at);
      for (let last = count - 1; last > 0; last--) {
        const chosen = Math.floor((next() * (last + 1)) / 2 ** 32);
        const moved = order[last] ?? 0;
        order[last] = order[chosen] ?? 0;
        order[chosen] = moved;
      }
      return order;
    },
  };
}
