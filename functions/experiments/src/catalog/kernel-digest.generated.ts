/** Written by `npm run generate`; see src/kernel-digest. */
export const kernelDigest = "654e2ff0e913d6c1";
