import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { HostMemory } from "../api/host-memory.ts";
import type { Outbox } from "../loop/ports.ts";
import type { FinishedUnit } from "../loop/work.ts";

interface VolunteerStore extends DBSchema {
  outbox: { key: string; value: FinishedUnit };
  hosts: { key: string; value: string };
}

/** What a browser keeps: finished work, and under which ids the server knows it. */
export interface BrowserStore {
  readonly outbox: Outbox;
  readonly hosts: HostMemory;
}

/** IndexedDB. It is opened on the first use, so that a browser that refuses it (private windows of some) still volunteers, and says so. */
export function idbStore(name = "widefield-volunteer"): BrowserStore {
  let opened: Promise<IDBPDatabase<VolunteerStore>> | null = null;
  const open = (): Promise<IDBPDatabase<VolunteerStore>> => {
    opened ??= openDB<VolunteerStore>(name, 1, {
      upgrade(database) {
        database.createObjectStore("outbox", { keyPath: "leaseId" });
        database.createObjectStore("hosts");
      },
    }).catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
  return {
    outbox: {
      read: async () => (await open()).getAll("outbox"),
      async store(entry) {
        const transaction = (await open()).transaction("outbox", "readwrite", { durability: "strict" });
        await transaction.store.put(entry);
        await transaction.done;
      },
      remove: async (leaseId) => (await open()).delete("outbox", leaseId),
    },
    hosts: {
      async read(backend) {
        const database = await open().catch(() => null);
        return (await database?.get("hosts", backend).catch(() => undefined)) ?? null;
      },
      write: async (backend, hostId) => {
        await (await open().catch(() => null))?.put("hosts", hostId, backend).catch(() => undefined);
      },
    },
  };
}
