import type { AdapterInfo } from "./compute-backend.ts";

/** WebGPU that runs on the processor: SwiftShader, Mesa's llvmpipe (by Vulkan: lavapipe), and WARP, which Windows calls Basic Render Driver. */
const software = /swiftshader|llvmpipe|lavapipe|\bwarp\b|basic render|software/i;

/** Does this adapter compute on the processor? It works, and WebAssembly is faster. */
export function isSoftware({ vendor, architecture, description }: AdapterInfo): boolean {
  return software.test(`${vendor} ${architecture} ${description}`);
}
