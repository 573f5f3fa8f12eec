import { CommandStudyDocument } from "@widefield/graphql/documents";
import { CommandFailure } from "../failure/command-failure.ts";
import { ask } from "../server/ask.ts";

/** A study by its slug, a draft only for its author. @throws CommandFailure when there is none. */
export async function findStudy(server: URL, slug: string, token?: string) {
  const { study } = await ask(server, CommandStudyDocument, { slug }, token);
  if (!study) throw new CommandFailure(`${server.origin} has no study "${slug}". See: widefield study list.`);
  return study;
}
