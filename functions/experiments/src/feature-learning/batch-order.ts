import { openStream } from "../random/random-stream.ts";

/** Which training examples each step of a trial sees: a new random order every epoch, from the trial's own seed. */
export interface BatchOrder {
  /** Indices of the examples of step 0, 1, …; asked for in rising order, or again from any earlier step. */
  batch(step: number): Uint32Array;
}

/** An epoch drops the examples that do not fill a batch. 1 ≤ batchSize ≤ count. */
export function batchOrder(seed: number, count: number, batchSize: number): BatchOrder {
  const perEpoch = Math.floor(count / batchSize);
  let epoch = -1;
  let order = new Uint32Array();
  return {
    batch(step) {
      const wanted = Math.floor(step / perEpoch);
      if (wanted !== epoch) {
        epoch = wanted;
        order = new Uint32Array(openStream(seed, "batches", epoch).permutation(count));
      }
      const start = (step % perEpoch) * batchSize;
      return order.subarray(start, start + batchSize);
    },
  };
}
