import { type NodeVolunteerOptions, runNodeVolunteer } from "@widefield/volunteer/node";
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
    onEvent: ({ slot, message }) => console.error(choices.concurrency === 1 ? message : `[${slot + 1}] ${message}`),
  }).catch((error: unknown) => {
    if (error instanceof Error && error.name === "AlreadyVolunteering") throw new CommandFailure(error.message);
    throw error;
  });
  if (ending.kind !== "asked" && ending.kind !== "done") throw new CommandFailure(ending.message);
  // Dawn may keep the event loop alive.
  process.exit(0);
}
