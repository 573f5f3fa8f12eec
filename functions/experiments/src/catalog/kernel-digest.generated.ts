/** Written by `npm run generate`; see src/kernel-digest. */
export const kernelDigest = "cbf77431cadda006";
