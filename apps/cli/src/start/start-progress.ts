import { setTimeout as sleep } from "node:timers/promises";
import { CommandCommonsDocument, type CommandCommonsQuery } from "@widefield/graphql/documents";
import { ask } from "../server/ask.ts";
import { formatQuantity } from "../terminal/quantity.ts";

/**
 * Says every so often how far the trials are: often at first, so that the first results are seen to arrive, then every minute,
 * and nothing while nothing changes. Returns when the signal aborts.
 */
export async function followProgress(server: URL, say: (line: string) => void, signal: AbortSignal): Promise<void> {
  let last = -1;
  let wait = 3_000;
  while (!signal.aborted) {
    const commons = await ask(server, CommandCommonsDocument, {}).then(
      (answer) => answer.commons,
      // The server is busy or restarting, which its supervisor speaks of.
      () => null,
    );
    if (commons && commons.decidedTrials !== last && !signal.aborted) {
      if (last !== -1 || commons.decidedTrials > 0) say(describe(commons));
      last = commons.decidedTrials;
      if (commons.decidedTrials === commons.trials) wait = 60_000;
    }
    await sleep(wait, undefined, { signal }).catch(() => undefined);
    wait = Math.min(60_000, wait * 1.3);
  }
}

function describe({ decidedTrials, trials, validFlops, activity }: CommandCommonsQuery["commons"]): string {
  const done = `${decidedTrials} of ${trials} trials have results, ${formatQuantity(validFlops, "FLOP")} so far`;
  const [now] = activity;
  return now ? `${done}; computing ${now.study.slug}` : done;
}
