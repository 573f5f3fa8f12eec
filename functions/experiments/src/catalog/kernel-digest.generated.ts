/** Written by `npm run generate`; see src/kernel-digest. */
export const kernelDigest = "97b1b5c5e71fa399";
