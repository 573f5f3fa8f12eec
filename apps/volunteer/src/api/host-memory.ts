import type { BackendName } from "@widefield/experiments/backend/compute-backend";

/** Under which ids the server knows this machine: one host for each backend, because their numbers differ. */
export interface HostMemory {
  read(backend: BackendName): Promise<string | null>;
  /** A memory that fails costs a new host at the next start and nothing else; so it does not throw. */
  write(backend: BackendName, hostId: string): Promise<void>;
}
