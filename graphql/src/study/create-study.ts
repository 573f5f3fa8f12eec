import { randomBytes } from "node:crypto";
import { findExperiment } from "@widefield/experiments/catalog";
import { Prisma, type Study } from "@widefield/prisma/client";
import { newId } from "@widefield/prisma/new-id";
import type { Database } from "@widefield/prisma/open-database";
import { unknownExperiment } from "../experiment/unknown-experiment.ts";
import { InvalidInput, type NotFound } from "../failure/failure.ts";
import { inputWords } from "../failure/input-words.ts";
import type { Caller } from "../host/caller.ts";
import { expandSweepInPieces } from "../sweep/expand-sweep.ts";
import { slugOf, studyInput } from "./study-input.ts";
import { policyOf, studyDigest } from "./study-policy.ts";

/** Makes a draft: everything is checked as if it were published at once, nothing is expanded. @param input as `studyInput`, with `sweep`. */
export async function createStudy(
  database: Database,
  caller: Caller,
  input: { readonly sweep?: unknown; readonly experiment: string } & Record<string, unknown>,
): Promise<Study | InvalidInput | NotFound> {
  const parsed = studyInput.safeParse(withoutNulls(input), { error: inputWords });
  const definition = findExperiment(input.experiment);
  if (parsed.success && !definition) return unknownExperiment(input.experiment);
  const read = definition ? await expandSweepInPieces(definition, input.sweep) : null;
  if (!parsed.success || !definition || !read?.ok) {
    const issues = [
      ...(parsed.success ? [] : InvalidInput.fromZod(parsed.error).issues),
      ...(read?.ok === false ? read.issues : []),
    ];
    return new InvalidInput(issues);
  }
  const { title, question, description, license, quorum } = parsed.data;
  const policy = policyOf(quorum);
  const data = {
    title,
    question,
    description,
    license,
    family: definition.family,
    experimentId: definition.id,
    experimentVersion: definition.version,
    sweeps: [read.sweep] satisfies Prisma.InputJsonValue,
    digest: studyDigest(definition, [read.sweep], policy),
    ...policy,
    createdById: caller.volunteerId,
  };
  const wanted = parsed.data.slug ?? slugOf(title);
  for (let attempt = 0; ; attempt++) {
    // A slug that was made from the title gives way; one that somebody chose does not.
    const slug = attempt === 0 ? wanted : `${wanted}-${randomBytes(3).toString("hex")}`;
    try {
      return await database.prisma.study.create({ data: { id: newId(), slug, ...data } });
    } catch (error) {
      if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") || attempt >= 5)
        throw error;
      if (parsed.data.slug)
        return InvalidInput.at("slug", `There is a study "${parsed.data.slug}" already. Choose another short name.`);
    }
  }
}

/** GraphQL says null for what is left out. */
function withoutNulls(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== undefined));
}
