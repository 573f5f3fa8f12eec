import type { CommonsFiguresFragment } from "@widefield/graphql/documents";

type Activity = CommonsFiguresFragment["activity"][number];

/** What one host computes for one study: the units that it is at, and those that it holds ahead. */
export interface WorkNow {
  /** The host and the study; stays while one unit follows another. */
  readonly key: string;
  /** The unit that is furthest; of several that have not begun, the one granted first. */
  readonly unit: Activity;
  /** Units of the same host and study that have not begun, beside `unit`. */
  readonly waiting: number;
  /** Units under way, `unit` included when it has begun. */
  readonly underWay: number;
}

/**
 * Units under way as rows, one for each host and study: a host holds several units, so that the network never keeps it waiting.
 * Hosts that have reported progress come first, then by when their unit was granted, newest first.
 */
export function workNow(activity: readonly Activity[]): WorkNow[] {
  const groups = new Map<string, Activity[]>();
  for (const one of activity) {
    // Not by name: "Chromium on nvidia ampere" is many people's.
    const key = JSON.stringify([one.hostId, one.study.id]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups]
    .flatMap(([key, units]) => {
      const [unit, ...others] = units.sort((a, b) => b.progress - a.progress || before(a, b));
      if (!unit) return [];
      const begun = others.filter(({ progress }) => progress > 0).length;
      return [{ key, unit, waiting: others.length - begun, underWay: begun + (unit.progress > 0 ? 1 : 0) }];
    })
    .sort((a, b) => Number(b.underWay > 0) - Number(a.underWay > 0) || before(b.unit, a.unit));
}

function before(a: Activity, b: Activity): number {
  return Date.parse(String(a.grantedAt)) - Date.parse(String(b.grantedAt));
}
