import type { Database } from "@widefield/prisma/open-database";
import { ClientOutdated, InvalidInput, NotFound } from "../failure/failure.ts";
import { inputWords } from "../failure/input-words.ts";
import type { Caller } from "../host/caller.ts";
import { planningSpeed } from "../host/host-speed.ts";
import { splitUnit } from "../work-unit/split-unit.ts";
import { type AskingHost, largestWhole, readHost, roomOf } from "./asking-host.ts";
import { type GrantedLease, grant } from "./grant.ts";
import { type LeaseRequest, type LeaseRequestInput, leaseRequest, maxLeaseCount } from "./lease-request.ts";
import { drawStudies } from "./lottery.ts";
import { type Offer, readOffers } from "./offers.ts";
import { whyNothing } from "./why-nothing.ts";

export interface LeasedWork {
  readonly leases: readonly GrantedLease[];
  /** When there is nothing: ask again after so many seconds. */
  readonly retryAfterSeconds: number | null;
  readonly reason: string | null;
}

export interface LeaseOptions {
  /** Of the programs that this server takes results from. */
  readonly expectedDigest: string;
  /** Uniform in [0, 1); Math.random. */
  readonly random?: () => number;
}

/** Leases that one host holds at most: two full calls. Whoever hoards more keeps work from others. */
const maxActiveLeases = 2 * maxLeaseCount;

const holdsEnough = {
  retryAfterSeconds: 30,
  reason: `This host holds ${maxActiveLeases} units, the most it may. Submit or release some first.`,
};

/** Units that one call splits at most. */
const splitsAtOnce = 4;

/**
 * Grants up to `count` units to a host of the caller's, or says why there is none and when to ask again.
 * Usually two statements: the host, and the grant itself.
 */
export async function leaseWork(
  database: Database,
  caller: Caller,
  input: LeaseRequestInput,
  options: LeaseOptions,
): Promise<LeasedWork | InvalidInput | NotFound | ClientOutdated> {
  const parsed = leaseRequest.safeParse(input, { error: inputWords });
  if (!parsed.success) return InvalidInput.fromZod(parsed.error);
  const wanted = parsed.data;
  if (wanted.kernelDigest !== options.expectedDigest) return new ClientOutdated(options.expectedDigest);
  const host = await readHost(database, wanted.hostId, caller.volunteerId);
  if (!host) return new NotFound("You have no host with this id. Register it first (registerHost).");

  const free = maxActiveLeases - host.activeLeases;
  if (free <= 0) return { leases: [], ...holdsEnough };
  const request = { ...wanted, count: Math.min(wanted.count, free) };
  const asking: AskingHost = { caller, request, host, speed: planningSpeed(request.flopsPerSecond, host) };
  const leases = await leaseByLottery(database, asking, options.random ?? Math.random);
  if (leases.length === 0) leases.push(...(await leaseWhatever(database, asking)));
  if (leases.length > 0) return { leases, retryAfterSeconds: null, reason: null };
  return { leases, ...(await whyNothing(database, asking)) };
}

/** Draws the studies, and splits what is too large in those that won. */
async function leaseByLottery(database: Database, asking: AskingHost, random: () => number): Promise<GrantedLease[]> {
  const { count } = asking.request;
  const offers = (await readOffers(database)).filter((offer) => suits(offer, asking.request));
  const entrants = offers.flatMap(({ studyId, unitFlops }) => (unitFlops === null ? [] : [{ studyId, unitFlops }]));
  const drawn = drawStudies(entrants, count, asking.speed, random);
  // Studies that drew nothing take part too: leases that ran out are taken back from all.
  const shares = new Map(offers.map(({ studyId }) => [studyId, drawn.get(studyId) ?? 0]));
  const leases = await grant(database, asking, shares, count, true);
  for (const { studyId } of leases) shares.set(studyId, (shares.get(studyId) ?? 0) - 1);
  const short = new Map([...shares].filter(([, left]) => left > 0));
  if (leases.length >= count || short.size === 0 || !(await split(database, asking, short))) return leases;
  return [...leases, ...(await grant(database, asking, short, count - leases.length, true))];
}

/** Whatever any study has, read anew: an empty answer is never older than this call. */
async function leaseWhatever(database: Database, asking: AskingHost): Promise<GrantedLease[]> {
  const { count } = asking.request;
  const offers = (await readOffers(database, true)).filter((offer) => suits(offer, asking.request));
  const shares = new Map(offers.map(({ studyId }) => [studyId, count]));
  const leases = await grant(database, asking, shares, count, false);
  if (leases.length > 0 || !(await split(database, asking, shares))) return leases;
  return grant(database, asking, shares, count, false);
}

async function split(database: Database, asking: AskingHost, studies: ReadonlyMap<string, number>): Promise<boolean> {
  if (studies.size === 0) return false;
  let splits = 0;
  while (
    splits < splitsAtOnce &&
    (await splitUnit(database, [...studies.keys()], roomOf(asking), largestWhole(asking)))
  ) {
    splits++;
  }
  return splits > 0;
}

function suits(offer: Offer, request: LeaseRequest): boolean {
  return (
    (!request.study || offer.slug === request.study) &&
    (!request.family || offer.family === request.family) &&
    (!request.experiments || request.experiments.includes(offer.experiment))
  );
}
