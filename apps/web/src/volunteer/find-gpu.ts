/** What this browser will compute with, as far as can be told before anything is loaded. */
export interface FoundGpu {
  readonly webgpu: boolean;
  readonly message: string;
}

/** Looks for a WebGPU adapter; never fails. */
export async function findGpu(): Promise<FoundGpu> {
  const instead = "The processor will compute instead (WebAssembly): it works, more slowly.";
  const gpu: GPU | undefined = navigator.gpu;
  if (gpu === undefined) {
    const reason = window.isSecureContext
      ? "This browser has no WebGPU. Recent Chrome, Edge, Safari and Firefox have it."
      : "WebGPU works over https only, and this page came over http.";
    return { webgpu: false, message: `${reason} ${instead}` };
  }
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" }).catch(() => null);
  if (adapter === null) return { webgpu: false, message: `WebGPU finds no graphics adapter here. ${instead}` };
  const { vendor, architecture, description } = adapter.info;
  const name = description || [vendor, architecture].filter(Boolean).join(" ");
  return { webgpu: true, message: name ? `WebGPU found: ${name}` : "WebGPU found" };
}
