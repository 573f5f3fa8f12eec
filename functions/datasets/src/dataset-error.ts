/** A dataset cannot be had or is not what it says, and what to do, in words for a person. */
export class DatasetError extends Error {
  override readonly name = "DatasetError";
}
