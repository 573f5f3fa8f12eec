/** Written by `npm run generate`; see src/kernel-digest. */
export const kernelDigest = "6536c940948dca4b";
