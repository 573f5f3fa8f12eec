import { ensureGenerated } from "@widefield/prisma/generate";

/** Once before all tests, also when vitest is called directly: the database client belongs to the schema as it is now. */
export default async function setup(): Promise<void> {
  await ensureGenerated();
}
