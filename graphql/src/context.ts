import type { Volunteer } from "@widefield/prisma/client";
import type { Database } from "@widefield/prisma/open-database";
import type { Logger } from "pino";
import type { Feed } from "./live/feed.ts";
import type { Loaders } from "./loader/loaders.ts";

/** What every resolver may touch besides its arguments. Made anew for each request. */
export interface ApiContext {
  readonly database: Database;
  /** The signed-in account, anonymous ones included; null for a stranger. */
  readonly viewer: Volunteer | null;
  /** Batches of this request: asking twice within it costs one query. */
  readonly loaders: Loaders;
  /** The caller's address as far as it can be believed, see `http/caller-address.ts`; null when unknown. Never stored. */
  readonly address: string | null;
  /**
   * Keyed hash of the caller's network; null for loopback; all unknown addresses are one. What leases store.
   * A function: pages that read in this process have no address and need none, and only who asks is told of that.
   */
  readonly networkHash: () => string | null;
  /** Live values, one poll per process. */
  readonly feed: Feed;
  readonly logger: Logger;
  readonly now: () => Date;
}
