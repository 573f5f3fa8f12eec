/** Written by `npm run generate`; see src/kernel-digest. */
export const kernelDigest = "d80a045cfaae5901";
