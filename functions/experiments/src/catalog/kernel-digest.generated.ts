/** Written by `npm run generate`; see src/kernel-digest. */
export const kernelDigest = "357a12f6e1ea0d91";
