/** A study that has work for the asking host. */
export interface Entrant {
  readonly studyId: string;
  /** Of its cheapest unit. */
  readonly unitFlops: number;
}

/** What a unit costs beside its computation, in seconds: leasing, loading, compiling, comparing. */
export const overheadSeconds = 2;

/**
 * Shares `count` units between studies by lottery, one draw a unit: tickets are inversely proportional to the seconds that a study's next unit takes,
 * overhead included. So every study gets the same computing time in the long run, however many trials it has, and nothing is written to keep it fair.
 * @param random uniform in [0, 1), called `count` times
 * @returns units by study id; studies without any are left out. Empty when nobody enters.
 */
export function drawStudies(
  entrants: readonly Entrant[],
  count: number,
  flopsPerSecond: number,
  random: () => number,
): Map<string, number> {
  const tickets = entrants.map(({ unitFlops }) => 1 / (overheadSeconds + unitFlops / flopsPerSecond));
  const total = tickets.reduce((sum, ticket) => sum + ticket, 0);
  const drawn = new Map<string, number>();
  for (let draw = 0; draw < count && entrants.length > 0; draw++) {
    let left = random() * total;
    const index = tickets.findIndex((ticket) => {
      left -= ticket;
      return left < 0;
    });
    // Rounding may leave a crumb after the last ticket.
    const { studyId } = entrants.at(index) ?? { studyId: "" };
    drawn.set(studyId, (drawn.get(studyId) ?? 0) + 1);
  }
  return drawn;
}
