import type { Surroundings } from "../loop/choices.ts";

/** The part of the Battery Status API that is used; not every browser has it. */
interface Battery extends EventTarget {
  readonly charging: boolean;
}

/** How the page is placed now. */
export function readSurroundings(): Surroundings {
  return { visible: document.visibilityState === "visible", onBattery: false, online: navigator.onLine };
}

/** Tells of changes until the returned function is called. */
export function watchSurroundings(tell: (surroundings: Partial<Surroundings>) => void): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  document.addEventListener("visibilitychange", () => tell({ visible: document.visibilityState === "visible" }), {
    signal,
  });
  for (const event of ["online", "offline"]) {
    addEventListener(event, () => tell({ online: navigator.onLine }), { signal });
  }
  void batteryOf(navigator)
    .then((battery) => {
      if (battery === null || signal.aborted) return;
      const say = () => tell({ onBattery: !battery.charging });
      battery.addEventListener("chargingchange", say, { signal });
      say();
    })
    .catch(() => undefined);
  return () => ending.abort();
}

/** Whether this browser tells if it runs on battery. */
export function knowsBattery(): boolean {
  return "getBattery" in navigator;
}

async function batteryOf(from: Navigator & { getBattery?: () => Promise<Battery> }): Promise<Battery | null> {
  return (await from.getBattery?.()) ?? null;
}
