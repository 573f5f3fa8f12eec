import { kernelDigest } from "@widefield/experiments/kernel-digest";
import { builder } from "../builder.ts";
import type { ApiContext } from "../context.ts";
import { badUserInput } from "../failure/bad-user-input.ts";
import { NotAuthenticated, StaleLease } from "../failure/failure.ts";
import { callerOf, nobodysId } from "../host/calling.ts";
import { encodeGlobalId, uuidOf } from "../identity/global-id.ts";
import { extendLease, type LeaseExtended } from "./extend-lease.ts";
import { maxLeaseCount } from "./lease-request.ts";
import { leaseWork } from "./lease-work.ts";
import { LeaseWorkResult } from "./leased-work-type.ts";
import { releaseLeases } from "./release-leases.ts";

export const LeaseWorkInput = builder.inputType("LeaseWorkInput", {
  fields: (t) => ({
    hostId: t.id({ required: true }),
    count: t.int({ required: true, defaultValue: 1, description: `Units wanted, 1 to ${maxLeaseCount}.` }),
    targetSeconds: t.float({
      description: "How long a unit should take on this host; larger units are split or skipped. Default 30.",
    }),
    flopsPerSecond: t.float({ description: "Measured; left out before the first unit." }),
    study: t.string({ description: "Only this study, by slug." }),
    family: t.string({ description: "Only this family." }),
    experiments: t.stringList({
      description: "Experiments whose programs this host has, `name@version`; left out: all.",
    }),
    kernelDigest: t.string({ required: true }),
  }),
});

/** Leases for the caller of a request. */
export function leaseFor(context: ApiContext, input: typeof LeaseWorkInput.$inferInput) {
  const hostId = uuidOf("Host", input.hostId) ?? nobodysId;
  return leaseWork(context.database, callerOf(context), { ...input, hostId }, { expectedDigest: kernelDigest });
}

builder.mutationField("leaseWork", (t) =>
  t.field({
    type: LeaseWorkResult,
    args: { input: t.arg({ type: LeaseWorkInput, required: true }) },
    resolve: (_root, { input }, context) => leaseFor(context, input),
  }),
);

const ExtendLeaseInput = builder.inputType("ExtendLeaseInput", {
  fields: (t) => ({
    leaseId: t.id({ required: true }),
    token: t.string({ required: true }),
    progress: t.float({ description: "0 to 1" }),
  }),
});

const LeaseExtendedType = builder.objectRef<LeaseExtended>("LeaseExtended").implement({
  fields: (t) => ({
    leaseId: t.id({ resolve: (lease) => encodeGlobalId("Lease", lease.leaseId) }),
    reissueAt: t.expose("reissueAt", { type: "DateTime" }),
    refuseAt: t.expose("refuseAt", { type: "DateTime" }),
    serverTime: t.expose("serverTime", { type: "DateTime" }),
  }),
});

const ExtendLeaseResult = builder.errorUnion("ExtendLeaseResult", {
  types: [LeaseExtendedType, StaleLease, NotAuthenticated],
  resolveType: () => "LeaseExtended",
});

builder.mutationField("extendLease", (t) =>
  t.field({
    type: ExtendLeaseResult,
    description: "Moves both deadlines on and reports progress.",
    args: { input: t.arg({ type: ExtendLeaseInput, required: true }) },
    resolve: (_root, { input }, context) =>
      extendLease(context.database, callerOf(context), { ...input, leaseId: leaseUuid(input.leaseId) }),
  }),
);

const LeaseKeyInput = builder.inputType("LeaseKey", {
  fields: (t) => ({ leaseId: t.id({ required: true }), token: t.string({ required: true }) }),
});

const LeaseReleasedType = builder.objectRef<{ readonly leaseId: string }>("LeaseReleased").implement({
  fields: (t) => ({ leaseId: t.id({ resolve: (lease) => encodeGlobalId("Lease", lease.leaseId) }) }),
});

const ReleaseLeaseResult = builder.errorUnion("ReleaseLeaseResult", {
  types: [LeaseReleasedType, StaleLease, NotAuthenticated],
  resolveType: () => "LeaseReleased",
});

/** Leases that one call gives back at most. */
const maxReleases = 256;

builder.mutationField("releaseLeases", (t) =>
  t.field({
    type: [ReleaseLeaseResult],
    description: "Gives units back at once; also the beacon of a closing tab.",
    args: { leases: t.arg({ type: [LeaseKeyInput], required: true }) },
    resolve: async (_root, { leases }, context) => {
      if (leases.length > maxReleases) throw badUserInput(`At most ${maxReleases} leases in one call.`);
      if (!context.viewer) return leases.map(() => new NotAuthenticated());
      const keys = leases.map(({ leaseId, token }) => ({ leaseId: leaseUuid(leaseId), token }));
      const outcomes = await releaseLeases(context.database, callerOf(context), keys);
      return outcomes.map((outcome, index) => asGiven(outcome, leases[index]?.leaseId));
    },
  }),
);

export function leaseUuid(globalId: string): string {
  return uuidOf("Lease", globalId) ?? nobodysId;
}

/** A stale lease names its id as the caller did, whatever that was. */
export function asGiven<T>(outcome: T, leaseId: string | undefined): T | StaleLease {
  return outcome instanceof StaleLease && leaseId !== undefined ? new StaleLease(leaseId, outcome.message) : outcome;
}
