import { type NodeVolunteerOptions, runNodeVolunteer, type VolunteerEvent } from "@widefield/volunteer/node";
import { CommandFailure } from "../failure/command-failure.ts";
import { dataFolder, makeDataFolder } from "../place/data-folder.ts";
import { endWithParent } from "../start/child.ts";

type Choices = Pick<NodeVolunteerOptions, "backend" | "maxUnits" | "concurrency" | "study" | "family" | "name">;

/**
 * Volunteers in this process, its story on standard error, until Ctrl-C, SIGTERM, the end of a parent, or `maxUnits`.
 * A second Ctrl-C ends at once; finished work is in the outbox by then.
 * @throws CommandFailure when it cannot go on.
 */
export async function volunteer(server: URL, choices: Choices): Promise<void> {
  const folder = dataFolder();
  await makeDataFolder(folder);
  const stop = new AbortController();
  const end = () => (stop.signal.aborted ? process.exit(130) : stop.abort());
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  endWithParent(end);
  const { backend, maxUnits, concurrency, study, family, name } = choices;
  const ending = await runNodeVolunteer({
    url: server.origin,
    token: process.env.WIDEFIELD_TOKEN || undefined,
    backend,
    maxUnits,
    concurrency,
    study,
    family,
    name,
    dataDir: folder,
    signal: stop.signal,
    onEvent: tell(concurrency ?? 1),
  }).catch((error: unknown) => {
    if (error instanceof Error && error.name === "AlreadyVolunteering") throw new CommandFailure(error.message);
    throw error;
  });
  if (ending.kind !== "asked" && ending.kind !== "done") throw new CommandFailure(ending.message);
  // Dawn may keep the event loop alive.
  process.exit(0);
}

/** Lines for a person; below the start command, which keeps them in a log, one JSON object a line like the site's. */
function tell(loops: number): (event: VolunteerEvent) => void {
  if (process.channel !== undefined) {
    return ({ kind, slot, message }) =>
      console.error(JSON.stringify({ level: 30, time: Date.now(), app: "volunteer", kind, slot, msg: message }));
  }
  return ({ slot, message }) => console.error(loops === 1 ? message : `[${slot + 1}] ${message}`);
}
