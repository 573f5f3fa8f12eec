import type { HostMemory } from "../api/host-memory.ts";
import { changeStrings, readStrings } from "./private-file.ts";

/** Host ids in a JSON file, by backend. */
export function fileHostMemory(file: string): HostMemory {
  return {
    read: async (backend) => (await readStrings(file))[backend] ?? null,
    write: (backend, hostId) => changeStrings(file, { [backend]: hostId }).catch(() => undefined),
  };
}
