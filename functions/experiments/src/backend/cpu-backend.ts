import "@tensorflow/tfjs-backend-cpu";
import { backend, setBackend } from "@tensorflow/tfjs-core";
import type { ComputeBackend } from "./compute-backend.ts";

/** Plain JavaScript: slow, and the oracle of the others. */
export async function openCpu(): Promise<ComputeBackend> {
  await setBackend("cpu");
  // Under Node its first use would advertise another package on the terminal.
  (backend() as { firstUse?: boolean }).firstUse = false;
  return {
    name: "cpu",
    adapter: { vendor: "", architecture: "", description: "JavaScript" },
    limits: { maxBufferBytes: 2 ** 31, memoryBytes: 2 ** 31 },
    lost: new Promise(() => {}),
    // tfjs cannot register its own cpu backend twice, so it stays; its tensors are the run's to free.
    async dispose() {},
  };
}
