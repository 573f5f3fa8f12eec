import { readStructured } from "../argument/structured-argument.ts";
import { usageFailure } from "../failure/command-failure.ts";

/** A study as its file says, ready for the API, which validates the rest. */
export interface StudyFile {
  readonly slug?: string;
  readonly title: string;
  readonly question: string;
  readonly description?: string;
  readonly experiment: string;
  readonly sweep: unknown;
  readonly quorum?: number;
  readonly license?: string;
}

const fields: Readonly<Record<keyof StudyFile, "string" | "number" | "object">> = {
  slug: "string",
  title: "string",
  question: "string",
  description: "string",
  experiment: "string",
  sweep: "object",
  quorum: "number",
  license: "string",
};
const required: readonly (keyof StudyFile)[] = ["title", "question", "experiment", "sweep"];

/**
 * Reads a study from `@file.yaml`, `@file.json` or `-`.
 * GraphQL would answer a wrong field with a coercion error that names no file, so the shape is checked here; the meaning is the API's.
 * @throws CommandFailure (exit code 2) that names every field that is missing, unknown or of the wrong kind.
 */
export async function readStudyFile(argument: string): Promise<StudyFile> {
  const value = await readStructured(argument, "the study");
  const name = argument.replace(/^@/, "");
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw usageFailure(`${name} holds no study: it must be a mapping with ${required.join(", ")}.`);
  }
  const problems = [
    ...required.filter((field) => !(field in value)).map((field) => `${field} is missing.`),
    ...Object.entries(value).flatMap(([field, content]) => {
      const expected = fields[field as keyof StudyFile];
      if (!expected) return [`${field} is unknown. A study has ${Object.keys(fields).join(", ")}.`];
      return typeof content === expected && content !== null ? [] : [`${field} must be ${wording[expected]}.`];
    }),
  ];
  if (problems.length > 0)
    throw usageFailure([`${name} is not a study:`, ...problems.map((line) => `  ${line}`)].join("\n"));
  return value as StudyFile;
}

const wording = { string: "text", number: "a number", object: "a mapping" } as const;
