import { ExperimentError } from "../contract/program.ts";
import type { BackendName, ComputeBackend } from "./compute-backend.ts";
import type { WasmOptions } from "./wasm-backend.ts";
import type { WebGpuOptions } from "./webgpu-backend.ts";

export interface OpenOptions {
  readonly webgpu?: WebGpuOptions;
  readonly wasm?: WasmOptions;
}

/**
 * Opens a device for computing; its code is loaded only now. tfjs knows one device of each kind at a time, so dispose of one before opening its like.
 * @throws ExperimentError when this machine has no such device, or one of its kind is open.
 */
export async function openBackend(name: BackendName, options: OpenOptions = {}): Promise<ComputeBackend> {
  if (open.has(name)) throw new ExperimentError(`A ${name} backend is open already; dispose of it first.`);
  open.add(name);
  try {
    const backend = await load(name, options);
    return {
      ...backend,
      async dispose() {
        await backend.dispose();
        open.delete(name);
      },
    };
  } catch (error) {
    open.delete(name);
    throw error;
  }
}

const open = new Set<BackendName>();

async function load(name: BackendName, options: OpenOptions): Promise<ComputeBackend> {
  switch (name) {
    case "webgpu":
      return (await import("./webgpu-backend.ts")).openWebGpu(options.webgpu);
    case "wasm":
      return (await import("./wasm-backend.ts")).openWasm(options.wasm);
    case "cpu":
      return (await import("./cpu-backend.ts")).openCpu();
    default:
      return name satisfies never;
  }
}
