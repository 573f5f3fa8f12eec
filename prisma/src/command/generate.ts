import { ensureGenerated } from "../generate.ts";

console.log((await ensureGenerated()) ? "Generated the Prisma client and the Pothos types." : "Nothing changed.");
