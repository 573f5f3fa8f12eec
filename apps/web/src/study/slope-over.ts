import { commonSlope, type Slope } from "../chart/common-slope.ts";
import type { ResultGroup } from "../chart/group-row.ts";
import { jsonKey, paramAt } from "../chart/json-key.ts";

/** Fits one power of the width, with a constant for every other setting, to the groups that any of the keys names. */
export function slopeOver(
  groups: readonly ResultGroup[],
  asked: {
    readonly keys: readonly unknown[];
    readonly metric: string;
    /** What the groups are grouped by. */
    readonly params: readonly string[];
    readonly width: string;
  },
): Slope | null {
  const { keys, metric, params, width } = asked;
  const [first] = keys;
  // A param that the study does not vary is in the keys, but not in the groups.
  const shared = Object.keys(first !== null && typeof first === "object" ? first : {}).filter((param) =>
    params.includes(param),
  );
  const placeOf = (key: unknown) => jsonKey(shared.map((param) => paramAt(key, param)));
  const places = new Set(keys.map(placeOf));
  const points = groups.flatMap((group) => {
    const n = paramAt(group.key, width);
    const mean = group.statistics.find((statistics) => statistics.metric === metric)?.mean ?? null;
    if (!places.has(placeOf(group.key)) || group.diverged > 0 || typeof n !== "number" || mean === null) return [];
    const level = jsonKey(params.filter((param) => param !== width).map((param) => paramAt(group.key, param)));
    return [{ level, n, value: mean }];
  });
  return commonSlope(points);
}
