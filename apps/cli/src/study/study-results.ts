import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { readStructured } from "../argument/structured-argument.ts";
import { CommandFailure } from "../failure/command-failure.ts";

export type ExportFormat = "csv" | "ndjson" | "json";

/**
 * Streams a study's results to standard output as the server sends them; nothing is kept in memory.
 * @throws CommandFailure when the server or the study is not there, or the stream breaks off.
 */
export async function writeResults(server: URL, slug: string, format: ExportFormat, where?: string): Promise<void> {
  const address = new URL(`/api/studies/${encodeURIComponent(slug)}/results.${format}`, server);
  if (where !== undefined) address.searchParams.set("where", JSON.stringify(await readStructured(where, "--where")));
  const response = await fetch(address).catch((cause: unknown) => {
    throw new CommandFailure(`${server.origin} does not answer. Is the server running, and the network there?`, 1, {
      cause,
    });
  });
  if (!response.ok || response.body === null) throw await refusal(server, slug, response);
  try {
    await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), process.stdout, {
      end: false,
    });
  } catch (cause) {
    // `| head` closed the pipe: the reader has what it wants.
    if (
      cause instanceof Error &&
      "code" in cause &&
      (cause.code === "EPIPE" || cause.code === "ERR_STREAM_PREMATURE_CLOSE")
    ) {
      if (process.stdout.destroyed || process.stdout.errored) return;
    }
    throw new CommandFailure(`The results of ${slug} broke off half-way. Ask again.`, 1, { cause });
  }
}

async function refusal(server: URL, slug: string, response: Response): Promise<CommandFailure> {
  const text = await response.text().catch(() => "");
  const said = messageOf(text);
  if (response.status === 404) return new CommandFailure(said ?? `${server.origin} has no study "${slug}".`);
  return new CommandFailure(said ?? `${server.origin} answered ${response.status} ${response.statusText}.`);
}

/** The message of the API's error form, if it is one. */
function messageOf(text: string): string | null {
  try {
    const { errors, message } = JSON.parse(text) as { errors?: { message?: unknown }[]; message?: unknown };
    const said = errors?.[0]?.message ?? message;
    return typeof said === "string" ? said : null;
  } catch {
    return null;
  }
}
