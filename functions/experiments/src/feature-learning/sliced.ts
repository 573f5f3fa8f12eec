/** Long work in slices of some milliseconds: between two of them whoever drives it may let others have the thread, report, or end it with `return`. */
export type Sliced<T> = Generator<void, T, void>;

/** Normal numbers take some 40 ns each. */
export const entriesPerSlice = 2 ** 16;

/** Fills an array part after part, from its beginning. */
export function* fillInSlices(
  out: Float32Array,
  fill: (part: Float32Array) => void,
  size = entriesPerSlice,
): Sliced<void> {
  for (let from = 0; from < out.length; from += size) {
    fill(out.subarray(from, from + size));
    yield;
  }
}
