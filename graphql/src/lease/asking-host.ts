import type { Backend } from "@widefield/prisma/client";
import type { Database } from "@widefield/prisma/open-database";
import { runStatement, type Statement } from "@widefield/prisma/statement";
import type { Caller } from "../host/caller.ts";
import type { Room } from "../work-unit/split-pack.ts";
import type { LeaseRequest } from "./lease-request.ts";

/** What leasing needs to know of a host. */
export interface HostRow {
  readonly backend: Backend;
  readonly flopsPerSecond: number;
  readonly memoryBytes: number;
  readonly maxBufferBytes: number;
  readonly trusted: boolean;
  /** Leases that it holds now and that have not run out. */
  readonly activeLeases: number;
}

/** A host with its request. */
export interface AskingHost {
  readonly caller: Caller;
  readonly request: LeaseRequest;
  readonly host: HostRow;
  /** FLOP/s. */
  readonly speed: number;
}

/** A fresh pack is left whole up to so many times the time that a host asked for. */
const tooLarge = 2;

/**
 * A pack is never cut finer than this for speed's sake, whatever a host says of itself: seconds on the slowest,
 * and a claim of no speed at all cannot grind a study to single trials.
 */
export const leastWholeFlops = 1e9;

/** Flops above which a fresh pack is split for this host. */
export function largestWhole({ request, speed }: AskingHost): number {
  return Math.max(leastWholeFlops, tooLarge * request.targetSeconds * speed);
}

/** What a unit that is made for this host should fit into. */
export function roomOf({ request, speed, host }: AskingHost): Room {
  return {
    flops: Math.max(leastWholeFlops, request.targetSeconds * speed),
    memoryBytes: host.memoryBytes,
    maxBufferBytes: host.maxBufferBytes,
  };
}

/** Parameters: 1 host, 2 volunteer. */
export const hostStatement: Statement = {
  name: "widefield_host",
  text: `
SELECT h.backend, h.flops_per_second AS "flopsPerSecond", h.memory_bytes::float8 AS "memoryBytes", h.max_buffer_bytes::float8 AS "maxBufferBytes", h.trusted,
  (SELECT count(*)::int FROM leases l WHERE l.host_id = h.id AND l.state = 'ACTIVE' AND l.reissue_at > now()) AS "activeLeases"
FROM hosts h WHERE h.id = $1::uuid AND h.volunteer_id = $2::uuid`,
};

/** A host of this volunteer; undefined when there is none. */
export async function readHost(database: Database, id: string, volunteerId: string): Promise<HostRow | undefined> {
  const [host] = await runStatement<HostRow & Record<string, unknown>>(database, hostStatement, [id, volunteerId]);
  return host;
}
