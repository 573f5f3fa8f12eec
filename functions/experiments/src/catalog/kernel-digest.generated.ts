/** Written by `npm run generate`; see src/kernel-digest. */
export const kernelDigest = "d545418e74f29a26";
