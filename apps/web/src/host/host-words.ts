import type { HostRowFragment } from "@widefield/graphql/documents";
import { formatFlops } from "../format/number.ts";

export const BACKENDS = { WEBGPU: "WebGPU", WASM: "WebAssembly", CPU: "CPU" } as const;
export const KINDS = { BROWSER: "Browser", NODE: "Headless" } as const;

/** What computes: the GPU as it describes itself, or the lack of one. */
export function deviceOf(host: Pick<HostRowFragment, "gpuVendor" | "gpuArchitecture" | "gpuDescription">): string {
  if (host.gpuDescription !== "") return host.gpuDescription;
  const words = [host.gpuVendor, host.gpuArchitecture].filter((word) => word !== "");
  return words.length > 0 ? words.join(" ") : "no GPU";
}

/** "nvidia ampere by WebGPU"; one name where the device is called after what computes on it. */
export function computedBy(
  host: Pick<HostRowFragment, "gpuVendor" | "gpuArchitecture" | "gpuDescription" | "backend">,
): string {
  const device = deviceOf(host);
  const backend = BACKENDS[host.backend];
  return device.startsWith(backend) ? device : `${device} by ${backend}`;
}

/** `chromium-156` → Chromium 156; `node-20-dawn` → Node 20 (Dawn). */
export function engineOf(engine: string): string {
  const [name = "", version, extra] = engine.split("-");
  const named = name.charAt(0).toUpperCase() + name.slice(1);
  const detail = extra === undefined ? "" : ` (${extra.charAt(0).toUpperCase()}${extra.slice(1)})`;
  return version === undefined ? named : `${named} ${version}${detail}`;
}

/** 12.3 GFLOP/s; a dash before the first result. */
export function speedOf(flopsPerSecond: number): string {
  return flopsPerSecond > 0 ? `${formatFlops(flopsPerSecond)}/s` : "–";
}
