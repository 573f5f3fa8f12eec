import { existsSync } from "node:fs";
import type { ComputeBackend } from "@widefield/experiments/backend/compute-backend";
import { openBackend } from "@widefield/experiments/backend/open-backend";

const swiftShader = "/usr/lib/chromium";

/**
 * WebGPU under Node, on the machine's own adapter or else on the SwiftShader that Debian's Chromium carries.
 * Null where there is neither: the caller skips, visibly.
 */
export async function openNodeGpu(): Promise<ComputeBackend | null> {
  if (process.env.VK_ICD_FILENAMES === undefined && existsSync(`${swiftShader}/vk_swiftshader_icd.json`)) {
    loadForGood(`${swiftShader}/libvulkan.so.1`);
    if (!existsSync("/usr/share/vulkan/icd.d") && !existsSync("/etc/vulkan/icd.d")) {
      process.env.VK_ICD_FILENAMES = `${swiftShader}/vk_swiftshader_icd.json`;
    }
  }
  try {
    const { create, globals } = await import("webgpu");
    return await openBackend("webgpu", { webgpu: { gpu: create([]), globals: { ...globals } } });
  } catch (error) {
    if (process.env.CI === "true" || process.env.CI === "1") throw error;
    console.error(`No WebGPU here: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

/**
 * Dawn looks for libvulkan.so.1 on the library path, where Chromium's own copy is not. A library that is loaded already is found by its name.
 * It is no Node addon, so Node lets go of it with an error; RTLD_NODELETE keeps it.
 */
function loadForGood(library: string): void {
  const [lazy, global, noDelete] = [0x1, 0x100, 0x1000];
  try {
    process.dlopen({ exports: {} }, library, lazy | global | noDelete);
  } catch {
    // "Module did not self-register": expected.
  }
}
