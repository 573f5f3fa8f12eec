/** Written by `npm run generate`; see src/kernel-digest. */
export const kernelDigest = "500fc445c7df24b2";
