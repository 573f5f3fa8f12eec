import type { Database } from "@widefield/prisma/open-database";

/** Batches of one request. */
export type Loaders = ReturnType<typeof makeLoaders>;

export function makeLoaders(_database: Database) {
  return {};
}
