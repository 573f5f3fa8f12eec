import { findExperiment } from "@widefield/experiments/catalog";
import { builder } from "../builder.ts";
import { ClientOutdated, InvalidInput, NotAuthenticated, NotFound } from "../failure/failure.ts";
import { encodeGlobalId } from "../identity/global-id.ts";
import type { GrantedLease } from "./grant.ts";
import type { LeasedWork } from "./lease-work.ts";

const LeasedTrialType = builder.objectRef<GrantedLease["trials"][number]>("LeasedTrial").implement({
  fields: (t) => ({
    id: t.id({ resolve: (trial) => encodeGlobalId("Trial", trial.id) }),
    params: t.expose("params", { type: "JSON" }),
    seed: t.exposeInt("seed"),
  }),
});

const GrantedLeaseType = builder.objectRef<GrantedLease>("GrantedLease").implement({
  fields: (t) => ({
    leaseId: t.id({ resolve: (lease) => encodeGlobalId("Lease", lease.leaseId) }),
    token: t.exposeString("token", {
      description: "The fencing token: secret, needed to extend, release or submit.",
    }),
    reissueAt: t.expose("reissueAt", { type: "DateTime" }),
    refuseAt: t.expose("refuseAt", { type: "DateTime" }),
    serverTime: t.expose("serverTime", {
      type: "DateTime",
      description: "Server clock at the grant; deadlines are relative to it, so a wrong local clock does no harm.",
    }),
    experiment: t.exposeString("experiment"),
    version: t.exposeInt("version"),
    packKey: t.exposeString("packKey"),
    flops: t.exposeFloat("flops"),
    peakBytes: t.exposeFloat("peakBytes"),
    datasets: t.stringList({ resolve: datasetsOf }),
    studySlug: t.exposeString("studySlug"),
    studyTitle: t.exposeString("studyTitle"),
    trials: t.field({ type: [LeasedTrialType], resolve: (lease) => [...lease.trials] }),
  }),
});

const LeasedWorkType = builder.objectRef<LeasedWork>("LeasedWork").implement({
  fields: (t) => ({
    leases: t.field({
      type: [GrantedLeaseType],
      description: "Empty: nothing for this host now.",
      resolve: (work) => [...work.leases],
    }),
    retryAfterSeconds: t.exposeFloat("retryAfterSeconds", {
      nullable: true,
      description: "When leases is empty: ask again after so many seconds, and why there is nothing.",
    }),
    reason: t.exposeString("reason", { nullable: true }),
  }),
});

export const LeaseWorkResult = builder.errorUnion("LeaseWorkResult", {
  types: [LeasedWorkType, NotAuthenticated, NotFound, ClientOutdated, InvalidInput],
  resolveType: () => "LeasedWork",
});

function datasetsOf(lease: GrantedLease): string[] {
  const definition = findExperiment(lease.experiment, lease.version);
  return [...new Set(lease.trials.flatMap((trial) => definition?.datasets(trial.params) ?? []))];
}
