import { openBackend } from "@widefield/experiments/backend/open-backend";
import { isSoftware } from "@widefield/experiments/backend/software-adapter";
import { create, globals } from "webgpu";
import type { OpenedDevice } from "../compute/program-compute.ts";
import type { BackendChoice } from "../loop/ports.ts";
import { sentence } from "../loop/to-failure.ts";

/**
 * Opens the device that was chosen; with `auto`, WebGPU (Dawn) on a real adapter, else wasm.
 * @throws Error with a sentence for people
 */
export async function openNodeDevice(choice: BackendChoice): Promise<OpenedDevice> {
  switch (choice) {
    case "auto":
      return await openBest();
    case "webgpu":
      return {
        backend: await openBackend("webgpu", { webgpu: { gpu: dawn(), globals: { ...globals } } }),
        fallback: null,
      };
    case "wasm":
    case "cpu":
      return { backend: await openBackend(choice), fallback: null };
    default:
      return choice satisfies never;
  }
}

async function openBest(): Promise<OpenedDevice> {
  const obstacle = await obstacleToWebGpu();
  if (obstacle === null) {
    try {
      return {
        backend: await openBackend("webgpu", { webgpu: { gpu: dawn(), globals: { ...globals } } }),
        fallback: null,
      };
    } catch (error) {
      return {
        backend: await openBackend("wasm"),
        fallback: `${sentence(error)} The processor (wasm) computes instead.`,
      };
    }
  }
  return { backend: await openBackend("wasm"), fallback: `${obstacle} The processor (wasm) computes.` };
}

/** Null when there is a real adapter. */
async function obstacleToWebGpu(): Promise<string | null> {
  try {
    Object.assign(globalThis, globals);
    const adapter = await dawn().requestAdapter({ powerPreference: "high-performance" });
    if (adapter === null) return "No graphics adapter was found.";
    const { vendor, architecture, device, description } = adapter.info;
    const words = [vendor, architecture, device, description].filter(Boolean).join(" ");
    return isSoftware(adapter.info) ? `The only graphics adapter is software (${words.trim()}).` : null;
  } catch (error) {
    return `WebGPU does not start (${sentence(error)}).`;
  }
}

let gpu: GPU | null = null;

/** One instance for the thread: adapters of another instance are strangers to it. */
function dawn(): GPU {
  gpu ??= create([]);
  return gpu;
}
