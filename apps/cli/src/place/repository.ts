import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the checkout, wherever the command was called from. */
export const repositoryRoot = fileURLToPath(new URL("../../../..", import.meta.url));

export const webFolder = join(repositoryRoot, "apps", "web");
