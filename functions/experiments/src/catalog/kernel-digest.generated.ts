/** Written by `npm run generate`; see src/kernel-digest. */
export const kernelDigest = "d7892b738c617b75";
