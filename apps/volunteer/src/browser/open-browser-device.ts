import { openBackend } from "@widefield/experiments/backend/open-backend";
import type { OpenedDevice } from "../compute/program-compute.ts";
import type { BackendChoice } from "../loop/ports.ts";
import { sentence } from "../loop/to-failure.ts";

/** The bundler turns these into addresses of files that it ships. */
const wasmPaths = {
  plain: new URL("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm", import.meta.url).href,
  simd: new URL("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm", import.meta.url).href,
};

/**
 * Opens the device that was chosen; with `auto`, WebGPU, else wasm with the reason.
 * @throws Error with a sentence for people
 */
export async function openBrowserDevice(choice: BackendChoice): Promise<OpenedDevice> {
  if (choice === "cpu") return { backend: await openBackend("cpu"), fallback: null };
  if (choice === "webgpu") return { backend: await openBackend("webgpu"), fallback: null };
  if (choice === "wasm") return { backend: await openWasm(), fallback: null };
  const obstacle = obstacleToWebGpu();
  if (obstacle !== null) return { backend: await openWasm(), fallback: obstacle };
  try {
    return { backend: await openBackend("webgpu"), fallback: null };
  } catch (error) {
    const fallback = `${sentence(error)} The processor computes instead (WebAssembly), more slowly.`;
    return { backend: await openWasm(), fallback };
  }
}

function openWasm(): Promise<OpenedDevice["backend"]> {
  return openBackend("wasm", { wasm: { paths: wasmPaths } });
}

/** Why there is no WebGPU here, and what to do; null when there is. */
function obstacleToWebGpu(): string | null {
  if (navigator.gpu !== undefined) return null;
  const instead = "The processor computes instead (WebAssembly), more slowly.";
  if (!globalThis.isSecureContext) return `WebGPU works over https only, and this page came over http. ${instead}`;
  return `This browser has no WebGPU. ${instead} Recent Chrome, Edge, Safari and Firefox have it.`;
}
