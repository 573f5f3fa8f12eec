/** Written by `npm run generate`; see src/kernel-digest. */
export const kernelDigest = "ada2e0f449fc9832";
