import type { StudyContent } from "./study-of-draft.ts";

export type FileFormat = "yaml" | "json";

/** The study as the file that `widefield study create` takes. YAML is loaded when it is first wanted. */
export async function writeStudyFile(study: Partial<StudyContent>, format: FileFormat): Promise<string> {
  if (format === "json") return `${JSON.stringify(study, null, 2)}\n`;
  const { Document, isCollection, isMap } = await import("yaml");
  const document = new Document(study);
  // One line for each swept param, as a person would write it.
  for (const path of [
    ["sweep", "axes"],
    ["sweep", "random", "params"],
  ]) {
    const swept = document.getIn(path);
    if (!isMap(swept)) continue;
    for (const { value } of swept.items) if (isCollection(value)) value.flow = true;
  }
  const seeds = document.getIn(["sweep", "seeds"]);
  if (isCollection(seeds)) seeds.flow = true;
  return document.toString({ lineWidth: 100, flowCollectionPadding: true });
}

/** Parses YAML or JSON. @throws Error with the line and what to do, in words for a person. */
export async function readStudyFile(text: string): Promise<unknown> {
  if (text.trim() === "") throw new Error("The file is empty.");
  if (text.length > MAX_FILE) throw new Error("This file is larger than any study: at most 1 MB is read.");
  const { parseDocument } = await import("yaml");
  const document = parseDocument(text, { prettyErrors: true });
  const error = document.errors[0];
  if (error) {
    const line = error.linePos?.[0].line;
    const what = error.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "");
    throw new Error(`${line === undefined ? "The file" : `Line ${line}`} is neither YAML nor JSON: ${what}.`);
  }
  // Aliases are capped so that a small file cannot unfold into a huge one.
  const content: unknown = document.toJS({ maxAliasCount: 50 });
  return content;
}

const MAX_FILE = 1_000_000;
