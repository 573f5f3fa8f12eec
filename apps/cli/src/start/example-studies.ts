import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { CommandStudyDocument } from "@widefield/graphql/documents";
import { repositoryRoot } from "../place/repository.ts";
import { ask } from "../server/ask.ts";
import { createStudy, publishStudy } from "../study/publish-study.ts";
import { readStudyFile } from "../study/read-study-file.ts";

const folder = join(repositoryRoot, "functions", "experiments", "studies");

/** The example study files, the cheapest first as their names in `order` say, others after them. */
export async function exampleStudyFiles(): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  return files
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => join(folder, file));
}

/**
 * Publishes the example studies through the API, as the operator. A study that is there already is left as it is; a draft that an
 * interrupted start left behind is published.
 * @returns the slugs that were published now.
 * @throws CommandFailure with what the API says.
 */
export async function seedExampleStudies(server: URL, token: string): Promise<string[]> {
  const published: string[] = [];
  for (const file of await exampleStudyFiles()) {
    const study = await readStudyFile(`@${file}`);
    const slug = study.slug ?? "";
    const { study: existing } = await ask(server, CommandStudyDocument, { slug }, token);
    if (existing && existing.state !== "DRAFT") continue;
    const { id } = existing ?? (await createStudy(server, token, study));
    await publishStudy(server, token, id);
    published.push(slug);
  }
  return published;
}
