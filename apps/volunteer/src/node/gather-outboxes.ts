import { mkdir, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { ENTRY_SUFFIX } from "./file-outbox.ts";

/** Where the loop of a slot keeps what is its own. */
export function slotFolder(folder: string, slot: number): string {
  return join(folder, `host-${slot}`);
}

export function outboxFolder(folder: string, slot: number): string {
  return join(slotFolder(folder, slot), "outbox");
}

/**
 * Moves what the slots of an earlier run left in their outboxes to slot 0, where this run has fewer slots: nobody else would
 * ever send it. A file that cannot be moved stays for the next start. Only for the one process that holds the folder.
 * @param slots how many this run has
 */
export async function gatherOutboxes(folder: string, slots: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.flatMap((name) => {
    const slot = Number(/^host-(\d+)$/.exec(name)?.[1] ?? 0);
    return slot >= slots && slot > 0 ? [outboxFolder(folder, slot)] : [];
  });
  if (left.length === 0) return;
  const first = outboxFolder(folder, 0);
  await mkdir(first, { recursive: true, mode: 0o700 }).catch(() => undefined);
  for (const outbox of left) {
    const entries = await readdir(outbox).catch(() => []);
    // A file is named after its lease: it meets no other there.
    for (const entry of entries.filter((name) => name.endsWith(ENTRY_SUFFIX))) {
      await rename(join(outbox, entry), join(first, entry)).catch(() => undefined);
    }
  }
}
