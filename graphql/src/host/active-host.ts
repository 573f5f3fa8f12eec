/** A host counts as active for this long after it was last seen: 2 minutes, some four missed polls. */
export const activeForMs = 120_000;

/** The oldest `lastSeenAt` of an active host. */
export function activeSince(now: Date): Date {
  return new Date(now.getTime() - activeForMs);
}
