/** One measured point of a power law: `level` names the settings that share a constant, `n` the width. */
export interface PowerPoint {
  readonly level: string;
  readonly n: number;
  readonly value: number;
}

export interface Slope {
  readonly slope: number;
  /** Standard error from the scatter about the fit; null without degrees of freedom. */
  readonly error: number | null;
  readonly points: number;
}

/**
 * The exponent p of value = C_level · n^p: least squares of log value on log n with one constant for each level,
 * so that settings which are not the width may differ by any factor. Null when no level has two widths.
 */
export function commonSlope(points: readonly PowerPoint[]): Slope | null {
  const levels = new Map<string, { x: number; y: number }[]>();
  for (const { level, n, value } of points) {
    if (!(n > 0 && value > 0)) continue;
    const members = levels.get(level) ?? [];
    members.push({ x: Math.log(n), y: Math.log(value) });
    levels.set(level, members);
  }
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  let used = 0;
  let usedLevels = 0;
  for (const members of levels.values()) {
    const meanX = members.reduce((sum, { x }) => sum + x, 0) / members.length;
    const meanY = members.reduce((sum, { y }) => sum + y, 0) / members.length;
    const spread = members.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
    if (spread === 0) continue;
    usedLevels += 1;
    used += members.length;
    sxx += spread;
    sxy += members.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
    syy += members.reduce((sum, { y }) => sum + (y - meanY) ** 2, 0);
  }
  if (sxx === 0) return null;
  const slope = sxy / sxx;
  const freedom = used - usedLevels - 1;
  const residual = Math.max(0, syy - slope * sxy);
  return { slope, error: freedom > 0 ? Math.sqrt(residual / freedom / sxx) : null, points: used };
}
