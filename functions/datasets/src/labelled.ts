import { DatasetError } from "./dataset-error.ts";
import { parseIdx } from "./idx.ts";
import { type DatasetManifest, type FileRole, fileRoles } from "./manifest.ts";

/** Labelled examples in memory, as the experiments take them. */
export interface Labelled {
  readonly id: string;
  readonly train: LabelledExamples;
  readonly test: LabelledExamples;
  readonly features: number;
  readonly classes: number;
}

export interface LabelledExamples {
  readonly count: number;
  /** Bytes 0..255, row-major, (count, features). */
  readonly inputs: Uint8Array;
  /** Class indices, (count). */
  readonly labels: Uint8Array;
}

/**
 * Reads a dataset, file by file, one after the other.
 * @param read gives the content of one file, uncompressed; it answers for its checksum.
 * @throws `DatasetError` when the files do not fit together.
 */
export async function assembleLabelled(
  manifest: DatasetManifest,
  read: (role: FileRole) => Promise<Uint8Array>,
): Promise<Labelled> {
  const content: Partial<Record<FileRole, Uint8Array>> = {};
  for (const role of fileRoles) content[role] = await read(role);
  const half = (name: "train" | "test") =>
    pair(manifest, name, content[`${name}-inputs`] ?? empty, content[`${name}-labels`] ?? empty);
  return {
    id: manifest.id,
    train: half("train"),
    test: half("test"),
    features: manifest.features,
    classes: manifest.classes,
  };
}

/** What a pair of IDX files holds. */
export interface IdxPair extends LabelledExamples {
  readonly features: number;
  /** Largest label plus one. */
  readonly classes: number;
}

/**
 * Joins inputs and labels.
 * @param what names the pair in errors, for example "train".
 * @throws `DatasetError` on malformed files and on counts that differ.
 */
export function pairIdx(what: string, inputFile: Uint8Array, labelFile: Uint8Array): IdxPair {
  const inputs = parseIdx(`the ${what} inputs`, inputFile);
  const labels = parseIdx(`the ${what} labels`, labelFile);
  if (labels.dimensions.length !== 1) {
    throw new DatasetError(`The ${what} labels have ${labels.dimensions.length} dimensions; labels have 1.`);
  }
  const [count = 0, ...rest] = inputs.dimensions;
  if (rest.length === 0) throw new DatasetError(`The ${what} inputs have 1 dimension; did labels come first?`);
  if (count !== labels.dimensions[0]) {
    throw new DatasetError(
      `There are ${count} ${what} inputs but ${labels.dimensions[0]} labels: not one pair of files.`,
    );
  }
  if (count === 0) throw new DatasetError(`The ${what} files hold no examples.`);
  let largest = 0;
  for (const label of labels.data) if (label > largest) largest = label;
  const features = rest.reduce((product, size) => product * size, 1);
  return { count, inputs: inputs.data, labels: labels.data, features, classes: largest + 1 };
}

const empty = new Uint8Array();

function pair(manifest: DatasetManifest, what: string, inputFile: Uint8Array, labelFile: Uint8Array): LabelledExamples {
  const { count, inputs, labels, features, classes } = pairIdx(what, inputFile, labelFile);
  if (features !== manifest.features || classes > manifest.classes) {
    throw new DatasetError(
      `The ${what} files of ${manifest.id} have ${features} features and labels below ${classes}; ` +
        `its manifest says ${manifest.features} and ${manifest.classes}.`,
    );
  }
  return { count, inputs, labels };
}
