import { jsonKey, paramAt } from "./json-key.ts";

/** One group of canonical results, as the API answers it. */
export interface ResultGroup {
  readonly key: unknown;
  readonly count: number;
  readonly diverged: number;
  readonly statistics: readonly MetricStatistics[];
}

export interface MetricStatistics {
  readonly metric: string;
  readonly count: number;
  readonly mean: number | null;
  readonly standardDeviation: number | null;
  readonly confidenceLow: number | null;
  readonly confidenceHigh: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** One mark of a chart, and one row of the table beside it. Plain data: it travels from server to browser. */
export interface GroupRow {
  readonly x: unknown;
  readonly color: unknown;
  readonly facet: unknown;
  readonly tune: unknown;
  /** Over the finite values; null when there is none. */
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** By what the best over the tuned param is chosen: the mean of the drawn metric, or of the one that the experiment optimises. */
  readonly rank: number | null;
  readonly count: number;
  readonly diverged: number;
  /** From how many values of the tuned param the row was chosen; 1 for one that was not. */
  readonly tried: number;
}

export interface Channels {
  readonly x: string;
  readonly color: string | null;
  readonly facet: string | null;
  /** Kept apart in the groups; see `bestOverTune`. */
  readonly tune: string | null;
}

/** Groups of the API as rows of a chart of one metric, ranked by the same metric unless another is named. */
export function groupRows(
  groups: readonly ResultGroup[],
  metric: string,
  channels: Channels,
  rankedBy = metric,
): GroupRow[] {
  return groups.map((group) => {
    const of = (name: string) => group.statistics.find((candidate) => candidate.metric === name);
    const statistics = of(metric);
    const value = (param: string | null) => (param === null ? null : (paramAt(group.key, param) ?? null));
    return {
      x: value(channels.x),
      color: value(channels.color),
      facet: value(channels.facet),
      tune: value(channels.tune),
      mean: statistics?.mean ?? null,
      low: statistics?.confidenceLow ?? null,
      high: statistics?.confidenceHigh ?? null,
      rank: of(rankedBy)?.mean ?? null,
      count: group.count,
      diverged: group.diverged,
      tried: 1,
    };
  });
}

/**
 * Of rows that differ in the tuned param alone, the one with the best rank. A row with divergences stands back behind one without,
 * because its rank is over the survivors only; where all diverge, the row with the fewest stands for them. It counts what it was
 * chosen from: the best of two values is no optimum of seven.
 */
export function bestOverTune(rows: readonly GroupRow[], direction: "MINIMIZE" | "MAXIMIZE" | "NONE"): GroupRow[] {
  const sign = direction === "MAXIMIZE" ? -1 : 1;
  const best = new Map<string, GroupRow>();
  for (const row of rows) {
    const key = jsonKey([row.x, row.color, row.facet]);
    const rival = best.get(key);
    const tried = (rival?.tried ?? 0) + row.tried;
    best.set(key, { ...(!rival || isBetter(row, rival, sign) ? row : rival), tried });
  }
  return [...best.values()];
}

function isBetter(row: GroupRow, rival: GroupRow, sign: 1 | -1): boolean {
  const share = row.diverged / row.count;
  const rivalShare = rival.diverged / rival.count;
  if (share !== rivalShare) return share < rivalShare;
  if (row.rank === null || rival.rank === null) return row.rank !== null && rival.rank === null;
  return sign * row.rank < sign * rival.rank;
}
