import type { Backend } from "@widefield/prisma/client";

/** FLOP/s assumed of a host that has measured nothing yet: low, so that its first unit is over soon and tells more. */
export const assumedFlopsPerSecond: Readonly<Record<Backend, number>> = { WEBGPU: 2e9, WASM: 2e9, CPU: 2e8 };

/** What is believed of a reported speed: nobody is slower than a pocket calculator or faster than a data centre. */
export const believableFlopsPerSecond = { least: 1e6, most: 1e15 } as const;

/** The speed to plan with: as measured now, else as known, else as assumed of the backend. */
export function planningSpeed(
  measured: number | null | undefined,
  host: { readonly backend: Backend; readonly flopsPerSecond: number },
): number {
  const speed = measured && measured > 0 ? measured : host.flopsPerSecond || assumedFlopsPerSecond[host.backend];
  return Math.min(believableFlopsPerSecond.most, Math.max(believableFlopsPerSecond.least, speed));
}
