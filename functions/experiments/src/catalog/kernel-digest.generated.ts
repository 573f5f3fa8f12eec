/** Written by `npm run generate`; see src/kernel-digest. */
export const kernelDigest = "5f2228a111e50b7c";
