const FIRST_MS = 1_000;
const CAP_MS = 60_000;

/**
 * Milliseconds to wait after so many failures in a row: doubling, capped at a minute, half of it random, so that a
 * crowd which lost its server does not return all at once.
 * @param failures at least 1
 * @param random uniform in [0, 1)
 */
export function backoffMs(failures: number, random: number): number {
  const full = Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(failures - 1, 16));
  return full * (0.5 + 0.5 * random);
}
