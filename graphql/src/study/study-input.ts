import { z } from "zod";
import { sweepSchema } from "../sweep/sweep.ts";

const slugPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const maxSlugLength = 80;

const text = (least: number, most: number, what: string) =>
  z
    .string()
    .trim()
    .min(least, least === 1 ? `${what} is missing.` : `${what} needs at least ${least} characters.`)
    .max(most, `${what} may have ${most} characters.`);

const fields = {
  slug: z
    .string()
    .regex(slugPattern, "Lower-case letters and digits, in words joined by single hyphens: width-transfer-mnist.")
    .max(maxSlugLength)
    .optional()
    .meta({ title: "Short name", description: "In the study's address; made from the title when left out." }),
  title: text(3, 200, "The title").meta({ title: "Title" }),
  question: text(3, 1000, "The question").meta({
    title: "Question",
    description: "What the study asks, in a sentence or two.",
  }),
  description: text(0, 20_000, "The description").default("").meta({ title: "Description" }),
  experiment: z
    .string()
    .min(1, "Name an experiment: feature-learning.mlp, or feature-learning.mlp@1.")
    .max(200)
    .meta({ title: "Experiment", description: "With or without its version; without, the newest." }),
  quorum: z.int().min(1).max(5).default(2).meta({ title: "Quorum", description: "Replicas that must agree." }),
  license: z
    .string()
    .regex(/^[A-Za-z0-9.+-]{2,60}$/, "An SPDX identifier, such as CC-BY-4.0 or CC0-1.0.")
    .default("CC-BY-4.0")
    .meta({ title: "License", description: "Of the results, as an SPDX identifier." }),
};

/** A study's words and policy; the sweep is read on its own, with the experiment at hand. */
export const studyInput = z.object(fields);

/** A study as a file says it. */
export const studyFile = z.strictObject({ ...fields, sweep: sweepSchema }).meta({
  title: "Study",
  description: "A question, the experiment that answers it, and the sweep over its params.",
});

/** JSON Schema (draft 2020-12) of the study file; fields with a default may be left out. */
export function studyFileJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(studyFile, { io: "input" }) };
}

/** Lower-case words of a title joined by hyphens; "study" where it has none. */
export function slugOf(title: string): string {
  const words = title
    .normalize("NFKD")
    .replace(/[μµ]/g, "mu")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, maxSlugLength - 8)
    .replace(/^-+|-+$/g, "");
  return words === "" ? "study" : words;
}
