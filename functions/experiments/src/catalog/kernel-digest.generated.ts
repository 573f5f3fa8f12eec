/** Written by `npm run generate`; see src/kernel-digest. */
export const kernelDigest = "a0a7e9e7bf44fdf4";
