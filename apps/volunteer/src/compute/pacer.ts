/** Makes a run rest, so that the device works only a share of the time. */
export interface Pacer {
  /** @param intensity share of the time to work, 0.1 to 1 */
  set(intensity: number, suspended: boolean): void;
  /** Rests for as long as that much work asks for, longer while suspended; ends early on an abort. */
  rest(workedMs: number, signal: AbortSignal): Promise<void>;
}

/** Timers are awaited in slices no longer than this, so that a change of pace is felt soon. */
const SLICE_MS = 250;

export function createPacer(): Pacer {
  let intensity = 1;
  let suspended = false;
  return {
    set(nextIntensity, nextSuspended) {
      intensity = nextIntensity;
      suspended = nextSuspended;
    },
    async rest(workedMs, signal) {
      let rested = 0;
      while (!signal.aborted) {
        const owed = suspended ? SLICE_MS : (workedMs * (1 - intensity)) / intensity - rested;
        if (owed < 1) return;
        const slice = Math.min(SLICE_MS, owed);
        await new Promise((resolve) => setTimeout(resolve, slice));
        rested += slice;
      }
    },
  };
}
