import { DatasetError } from "./dataset-error.ts";

/** An array of unsigned bytes, row-major. */
export interface IdxArray {
  readonly dimensions: readonly number[];
  /** A view into the file. */
  readonly data: Uint8Array;
}

/**
 * Reads the IDX format (two zero bytes, type, rank, the sizes as big-endian 32-bit integers, the values).
 * @param what names the file in errors.
 * @throws `DatasetError` on a wrong magic number, another type than unsigned byte, or a length that does not match.
 * @see http://yann.lecun.com/exdb/mnist/ for the format.
 */
export function parseIdx(what: string, file: Uint8Array): IdxArray {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 4 || view.getUint16(0) !== 0) {
    throw new DatasetError(
      `This is no IDX file: ${what} must start with two zero bytes. ${compressionHint(file)}`.trim(),
    );
  }
  const type = view.getUint8(2);
  const rank = view.getUint8(3);
  if (type !== 0x08) {
    const name = typeNames.get(type) ?? `unknown type 0x${type.toString(16)}`;
    throw new DatasetError(`Only IDX files of unsigned bytes are supported; ${what} holds ${name}.`);
  }
  const header = 4 + 4 * rank;
  if (rank === 0 || file.length < header) throw new DatasetError(`The header of ${what} is cut off or empty.`);
  const dimensions = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const values = dimensions.reduce((product, size) => product * size, 1);
  if (file.length !== header + values) {
    const state = file.length < header + values ? "cut off" : "longer than it says";
    throw new DatasetError(
      `IDX file ${state}: ${what} announces ${dimensions.join(" x ")} values, ${header + values} bytes, and has ${file.length}.`,
    );
  }
  return { dimensions, data: file.subarray(header) };
}

const typeNames = new Map([
  [0x09, "signed bytes"],
  [0x0b, "16-bit integers"],
  [0x0c, "32-bit integers"],
  [0x0d, "32-bit floats"],
  [0x0e, "64-bit floats"],
]);

function compressionHint(file: Uint8Array): string {
  if (file[0] === 0x1f && file[1] === 0x8b) return "It is compressed by gzip: decompress it first.";
  if (file[0] === 0x50 && file[1] === 0x4b) return "It is a zip archive: unpack it first.";
  return "";
}
