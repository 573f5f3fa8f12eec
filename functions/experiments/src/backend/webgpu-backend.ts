import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { findBackendFactory, registerBackend, removeBackend, setBackend } from "@tensorflow/tfjs-core";
import { ExperimentError } from "../contract/program.ts";
import type { ComputeBackend } from "./compute-backend.ts";

export interface WebGpuOptions {
  /** The entry to WebGPU; a browser's `navigator.gpu` where left out. Under Node: `create([])` of the package `webgpu`. */
  readonly gpu?: GPU;
  /** Classes and constants that a browser has as globals; under Node: `globals` of the package `webgpu`. */
  readonly globals?: Readonly<Record<string, unknown>>;
  /** Bytes that this host is willing to use; 2 GiB where left out, because WebGPU does not tell how much there is. */
  readonly memoryBytes?: number;
}

/** Entries to WebGPU that devices came from: Dawn under Node crashes when one is collected while a device of it is in use. */
const held = new Set<GPU>();

/**
 * The best adapter that WebGPU offers.
 * @throws ExperimentError when there is no WebGPU, no adapter, or the device is refused.
 */
export async function openWebGpu(options: WebGpuOptions = {}): Promise<ComputeBackend> {
  if (options.globals) Object.assign(globalThis, options.globals);
  const gpu = options.gpu ?? globalThis.navigator?.gpu;
  if (!gpu) throw new ExperimentError("There is no WebGPU here.");
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new ExperimentError("WebGPU offers no adapter on this machine.");
  const device = await requestDevice(adapter);
  held.add(gpu);
  offerGpu(gpu);

  const { vendor, architecture, description } = adapter.info;
  const backend = new WebGPUBackend(device, adapter.info);
  // In a browser tfjs registers a factory under this name on import; ours replaces it, so that the device and its loss are ours to watch.
  if (findBackendFactory("webgpu")) removeBackend("webgpu");
  registerBackend("webgpu", () => backend);
  await setBackend("webgpu");
  return {
    name: "webgpu",
    adapter: { vendor, architecture, description },
    limits: {
      maxBufferBytes: Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize),
      memoryBytes: options.memoryBytes ?? 2 ** 31,
    },
    lost: Promise.race([
      firstError(device),
      device.lost.then(({ message, reason }) => message || `The GPU device is gone (${reason}).`),
    ]),
    async dispose() {
      removeBackend("webgpu");
      device.destroy();
    },
  };
}

/** The features and limits that tfjs's kernels use, as high as the adapter goes. */
async function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const wanted = [
    "maxBufferSize",
    "maxStorageBufferBindingSize",
    "maxComputeWorkgroupStorageSize",
    "maxComputeWorkgroupsPerDimension",
    "maxComputeWorkgroupSizeX",
    "maxComputeInvocationsPerWorkgroup",
  ] as const;
  try {
    return await adapter.requestDevice({
      requiredLimits: Object.fromEntries(wanted.map((limit) => [limit, adapter.limits[limit]])),
    });
  } catch (error) {
    throw new ExperimentError(`The GPU refused a device: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * A command that fails validation or memory is dropped, with all that was submitted with it, and the buffers keep what was in them:
 * after an error nothing that the device says can be believed, so it counts as lost.
 */
function firstError(device: GPUDevice): Promise<string> {
  return new Promise((resolve) => {
    device.addEventListener("uncapturederror", ({ error }) => resolve(`The GPU reported an error: ${error.message}`));
  });
}

/** tfjs's constructor looks for `navigator.gpu`, and Node has none. */
function offerGpu(gpu: GPU): void {
  if (globalThis.navigator?.gpu) return;
  const navigator =
    globalThis.navigator ??
    Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true, writable: true }).navigator;
  Object.defineProperty(navigator, "gpu", { value: gpu, configurable: true });
}
