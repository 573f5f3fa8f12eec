/** Written by `npm run generate`; see src/kernel-digest. */
export const kernelDigest = "873239650ca1d271";
