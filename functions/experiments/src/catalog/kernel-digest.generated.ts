/** Written by `npm run generate`; see src/kernel-digest. */
export const kernelDigest = "17ff1a8699bc8892";
