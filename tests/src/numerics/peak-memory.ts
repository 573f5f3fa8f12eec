import { engine } from "@tensorflow/tfjs-core";

export interface PeakMemory extends Disposable {
  /** Most bytes of tensors at once since it was watched. */
  readonly bytes: number;
}

/** Watches tfjs's own count of bytes, `memory().numBytes`, at every tensor that comes. */
export function watchPeakMemory(): PeakMemory {
  const { state } = engine() as unknown as { state: { numBytes: number } };
  let now = state.numBytes;
  let peak = now;
  Object.defineProperty(state, "numBytes", {
    configurable: true,
    enumerable: true,
    get: () => now,
    set(value: number) {
      now = value;
      peak = Math.max(peak, value);
    },
  });
  return {
    get bytes() {
      return peak;
    },
    [Symbol.dispose]() {
      Object.defineProperty(state, "numBytes", { configurable: true, enumerable: true, writable: true, value: now });
    },
  };
}
