import { setTimeout as sleep } from "node:timers/promises";
import { upkeepFromEnv } from "@widefield/graphql/http/upkeep-from-env";

const everyMs = 10 * 60_000;

/**
 * Runs the upkeep at once and every ten minutes: what is kept for a time only goes, also on a machine without a schedule.
 * A run that fails is left to the next one. Returns when the signal aborts.
 */
export async function keepHouse(databaseUrl: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await upkeepFromEnv({ DATABASE_URL: databaseUrl }).catch(() => undefined);
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
