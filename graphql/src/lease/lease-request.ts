import { z } from "zod";

/** Units that one call may lease. */
export const maxLeaseCount = 64;
const defaultTargetSeconds = 30;

/** What a host asks for, after defaults. */
export const leaseRequest = z.object({
  /** A uuid. */
  hostId: z.string(),
  count: z.int().min(1).max(maxLeaseCount).default(1),
  targetSeconds: z
    .number()
    .min(1)
    .max(3600)
    .nullish()
    .transform((seconds) => seconds ?? defaultTargetSeconds),
  flopsPerSecond: z.number().positive().nullish(),
  /** Slug. */
  study: z.string().max(200).nullish(),
  family: z.string().max(200).nullish(),
  /** `name@version` */
  experiments: z.array(z.string().max(200)).max(200).nullish(),
  kernelDigest: z.string().max(200),
});

export type LeaseRequest = z.output<typeof leaseRequest>;
export type LeaseRequestInput = z.input<typeof leaseRequest>;
