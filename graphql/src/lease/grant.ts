import { newId } from "@widefield/prisma/new-id";
import type { Database } from "@widefield/prisma/open-database";
import { runStatement } from "@widefield/prisma/statement";
import { type AskingHost, largestWhole } from "./asking-host.ts";
import { type GrantRow, grantStatement } from "./grant-statement.ts";
import { noFloor, SearchFloors } from "./search-floor.ts";
import { newToken, tokenHash } from "./token.ts";

export interface GrantedLease extends GrantRow {
  /** The fencing token, told this once. */
  readonly token: string;
}

const floors = new SearchFloors();

/**
 * Grants up to `count` units, cheapest first, at most so many of each study; and takes back leases that ran out, of any study named.
 * @param fromFloor begin where this volunteer's last search ended; else at the cheapest unit.
 */
export async function grant(
  database: Database,
  asking: AskingHost,
  shares: ReadonlyMap<string, number>,
  count: number,
  fromFloor: boolean,
): Promise<GrantedLease[]> {
  if (shares.size === 0) return [];
  const { caller, request, host, speed } = asking;
  const now = performance.now();
  const from = [...shares.keys()].map((study) => (fromFloor ? floors.get(caller.volunteerId, study, now) : noFloor));
  const tokens = new Map(Array.from({ length: count }, () => [newId(), newToken()]));
  const rows = await runStatement<GrantRow & Record<string, unknown>>(database, grantStatement, [
    request.hostId,
    caller.volunteerId,
    caller.trusted || host.trusted ? null : caller.networkHash,
    host.memoryBytes,
    host.maxBufferBytes,
    [...shares.keys()],
    [...shares.values()],
    from.map((floor) => floor.flops),
    from.map((floor) => floor.id),
    count,
    speed,
    largestWhole(asking),
    [...tokens.keys()],
    [...tokens.values()].map(tokenHash),
    request.flopsPerSecond ? speed : null,
  ]);
  return rows.map((row) => {
    if (!row.reclaimed) floors.raise(caller.volunteerId, row.studyId, { flops: row.flops, id: row.unitId }, now);
    return { ...row, token: tokens.get(row.leaseId) ?? "" };
  });
}
