/** Written by `npm run generate`; see src/kernel-digest. */
export const kernelDigest = "e90314e3804c358b";
