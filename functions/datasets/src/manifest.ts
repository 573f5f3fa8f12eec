import { z } from "zod";

/** The parts of a labelled dataset. */
export const fileRoles = ["train-inputs", "train-labels", "test-inputs", "test-labels"] as const;
export type FileRole = (typeof fileRoles)[number];

const file = z.strictObject({
  name: z.string().min(1).max(200),
  mediaType: z.string().min(1).max(100),
  /** Of the uncompressed content, in hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Uncompressed. */
  bytes: z.int().nonnegative(),
});

/** What a dataset is and which files, by content, make it. Frozen: another content is another id. */
export const datasetManifest = z.strictObject({
  id: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9-]{0,63}$/,
      "An id has 1 to 64 lower-case letters, digits and hyphens, such as kuzushiji-49.",
    ),
  title: z.string().min(1).max(200),
  /** Where it comes from: a citation or an address. */
  source: z.string().min(1).max(1000),
  license: z.string().min(1).max(200),
  /** Numbers per example, bytes 0..255. */
  features: z.int().positive(),
  classes: z.int().positive().max(256),
  files: z.strictObject({ "train-inputs": file, "train-labels": file, "test-inputs": file, "test-labels": file }),
});

export type DatasetManifest = z.output<typeof datasetManifest>;
export type DatasetFile = z.output<typeof file>;
