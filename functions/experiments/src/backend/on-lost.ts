import type { ComputeBackend } from "./compute-backend.ts";

interface Watch {
  reason: string | null;
  readonly listeners: Set<(reason: string) => void>;
}

const watches = new WeakMap<ComputeBackend, Watch>();

/**
 * Calls back when the device is gone, at once if it is known to be; returns what ends the listening.
 * `lost` is waited for once per device: a promise that does not settle keeps all that ever waited for it, its data included,
 * and a healthy device's never settles.
 */
export function onLost(backend: ComputeBackend, listener: (reason: string) => void): () => void {
  const watch = watches.get(backend) ?? watchOf(backend);
  if (watch.reason !== null) listener(watch.reason);
  else watch.listeners.add(listener);
  return () => void watch.listeners.delete(listener);
}

function watchOf(backend: ComputeBackend): Watch {
  const watch: Watch = { reason: null, listeners: new Set() };
  watches.set(backend, watch);
  void backend.lost.then((reason) => {
    watch.reason = reason;
    for (const listener of watch.listeners) listener(reason);
    watch.listeners.clear();
  });
  return watch;
}
