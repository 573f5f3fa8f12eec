import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";

/** An IDX file of unsigned bytes. */
export function idx(dimensions: readonly number[], values: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(4 + 4 * dimensions.length + values.length);
  file.set([0, 0, 8, dimensions.length]);
  const view = new DataView(file.buffer);
  for (const [axis, size] of dimensions.entries()) view.setUint32(4 + 4 * axis, size);
  file.set(Uint8Array.from(values), 4 + 4 * dimensions.length);
  return file;
}

/** Bytes that do not compress, the same each time. */
export function noise(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

export const small = {
  trainInputs: noise(500 * 2000),
  trainLabels: Uint8Array.from({ length: 500 }, (_, i) => i % 7),
  testInputs: noise(20 * 2000, 2),
  testLabels: Uint8Array.from({ length: 20 }, (_, i) => i % 5),
};

/** The request of an import whose four files lie in a folder that goes with the test; one of them compressed. */
export function smallImport(
  id = "small",
  files: Partial<Record<"train-inputs" | "train-labels" | "test-inputs" | "test-labels", Uint8Array>> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "widefield-idx-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const content = {
    "train-inputs": idx([500, 40, 50], small.trainInputs),
    "train-labels": idx([500], small.trainLabels),
    "test-inputs": gzipSync(idx([20, 40, 50], small.testInputs)),
    "test-labels": idx([20], small.testLabels),
    ...files,
  };
  const write = (name: keyof typeof content) => {
    const path = join(folder, `${name}.idx`);
    writeFileSync(path, content[name]);
    return path;
  };
  return {
    id,
    title: "Small noise",
    source: "made for a test",
    license: "CC0-1.0",
    files: {
      "train-inputs": write("train-inputs"),
      "train-labels": write("train-labels"),
      "test-inputs": write("test-inputs"),
      "test-labels": write("test-labels"),
    },
  };
}
