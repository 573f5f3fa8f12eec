import { overloaded } from "../failure/overloaded.ts";

/** Sweeps up to this size take milliseconds; they do not wait behind those that take seconds. */
const shortTrials = 2000;
/** What may wait for a lane; each that waits holds its request in memory. */
const maxWaiting = 50;

interface Lane {
  last: Promise<unknown>;
  waiting: number;
}

const lanes: Readonly<Record<"short" | "long", Lane>> = {
  short: { last: Promise.resolve(), waiting: 0 },
  long: { last: Promise.resolve(), waiting: 0 },
};

/**
 * Runs `work` when it is its turn: one short and one long expansion at a time in a process, however many ask.
 * `work` must not take a turn itself: it would wait for its own end.
 * @throws GraphQLError (SERVICE_UNAVAILABLE) when too many wait already.
 */
export async function inTurn<Result>(trials: number, work: () => Promise<Result>): Promise<Result> {
  const lane = trials <= shortTrials ? lanes.short : lanes.long;
  if (lane.waiting >= maxWaiting) {
    throw overloaded("Too many sweeps are being expanded now. Nothing was changed: try again in a minute.");
  }
  lane.waiting += 1;
  const turn = lane.last.then(() => {
    lane.waiting -= 1;
    return work();
  });
  lane.last = turn.catch(() => undefined);
  return turn;
}
