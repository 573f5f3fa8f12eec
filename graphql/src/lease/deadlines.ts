/**
 * When a lease may be handed to another host, and when its token stops counting, in seconds from the grant or the last extension.
 * `reissue = clamp(base + factor·expected, least, most)`: generous, because estimates and hosts are poor and an early reissue wastes
 * a replica; a host that lives extends long before. Refusal comes after twice that time, so that a slow answer still counts if nobody else's came first.
 */
export const leaseTerms = {
  baseSeconds: 60,
  factor: 4,
  leastSeconds: 90,
  mostSeconds: 4 * 3600,
  refusalFactor: 2,
  /** A lease is extended until so many terms after its grant: some eighty times what the unit should take. */
  holdFactor: 20,
} as const;

export interface Deadlines {
  readonly reissueSeconds: number;
  readonly refuseSeconds: number;
}

/** @param expectedSeconds until this unit would be done, those leased before it in the same call included. */
export function deadlinesFor(expectedSeconds: number): Deadlines {
  const { baseSeconds, factor, leastSeconds, mostSeconds, refusalFactor } = leaseTerms;
  const wanted = baseSeconds + factor * Math.max(0, expectedSeconds);
  const reissueSeconds = Math.min(mostSeconds, Math.max(leastSeconds, wanted));
  return { reissueSeconds, refuseSeconds: refusalFactor * reissueSeconds };
}

/**
 * The same in SQL, for a statement that learns a unit's size only while granting it; a test holds the two against each other.
 * @param expectedSeconds an expression of type double precision
 */
export function reissueSecondsSql(expectedSeconds: string): string {
  const { baseSeconds, factor, leastSeconds, mostSeconds } = leaseTerms;
  return `least(${mostSeconds}, greatest(${leastSeconds}, ${baseSeconds} + ${factor} * greatest(0, ${expectedSeconds})))`;
}
