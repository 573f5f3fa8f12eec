import { writeFileSync } from "node:fs";
import { computeKernelDigest } from "./compute-kernel-digest.ts";

/** `npm run generate`: writes the digest where browsers and the server can import it. */
const text = `/** Written by \`npm run generate\`; see src/kernel-digest. */
export const kernelDigest = "${computeKernelDigest()}";
`;
writeFileSync(new URL("../catalog/kernel-digest.generated.ts", import.meta.url), text);
