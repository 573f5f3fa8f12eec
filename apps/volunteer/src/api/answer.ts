import type {
  ExtendLeaseMutation,
  LeaseWorkMutation,
  RegisterHostMutation,
  SubmitResultsMutation,
} from "@widefield/graphql/documents";
import type { ExtendAnswer, LeaseAnswer, RegisterAnswer, SubmitAnswer } from "../loop/ports.ts";
import type { FinishedUnit, GrantedUnit } from "../loop/work.ts";

type LeaseWork = LeaseWorkMutation["leaseWork"];
type Leased = Extract<LeaseWork, { __typename: "LeasedWork" }>["leases"][number];
type Submitted = SubmitResultsMutation["submitResults"][number];

/** When the server does not say. */
const RETRY_SECONDS = 30;

/** What leaseWork says, in the loop's words. */
export function toLeaseAnswer(answer: LeaseWork): LeaseAnswer {
  switch (answer.__typename) {
    case "LeasedWork":
      if (answer.leases.length > 0) return { kind: "granted", units: answer.leases.map(toUnit) };
      return {
        kind: "nothing",
        retryAfterSeconds: answer.retryAfterSeconds ?? RETRY_SECONDS,
        reason: answer.reason ?? "There is no work for this host just now.",
      };
    case "ClientOutdated":
      return { kind: "outdated", message: answer.message };
    case "NotAuthenticated":
      return { kind: "unauthenticated" };
    case "NotFound":
      return { kind: "unknownHost" };
    case "InvalidInput":
      return { kind: "invalid", message: answer.message };
    default:
      answer satisfies never;
      return { kind: "invalid", message: "The server answered something unknown." };
  }
}

function toUnit(lease: Leased): GrantedUnit {
  const { reissueAt, refuseAt, serverTime, ...rest } = lease;
  return { ...rest, reissueInMs: between(serverTime, reissueAt), refuseInMs: between(serverTime, refuseAt) };
}

/** Milliseconds, both on the server's clock. */
function between(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from));
}

export function toSubmitAnswer(answer: Submitted, entry: FinishedUnit): SubmitAnswer {
  const { leaseId } = entry;
  switch (answer.__typename) {
    case "SubmissionAccepted": {
      const valid = answer.verdicts.filter(({ verdict }) => verdict === "VALID").length;
      const pending = answer.verdicts.filter(({ verdict }) => verdict === "PENDING").length;
      return { kind: "accepted", leaseId, valid, pending };
    }
    case "StaleLease":
      return { kind: "stale", leaseId };
    case "InvalidInput": {
      const [issue] = answer.issues;
      const message = issue ? `${answer.message} (${issue.path}: ${issue.message})` : answer.message;
      return { kind: "invalid", leaseId, message };
    }
    case "NotAuthenticated":
      return { kind: "unauthenticated", leaseId };
    default:
      answer satisfies never;
      return { kind: "invalid", leaseId, message: "The server answered something unknown." };
  }
}

export function toExtendAnswer(answer: ExtendLeaseMutation["extendLease"]): ExtendAnswer {
  switch (answer.__typename) {
    case "LeaseExtended":
      return {
        kind: "extended",
        reissueInMs: between(answer.serverTime, answer.reissueAt),
        refuseInMs: between(answer.serverTime, answer.refuseAt),
      };
    case "StaleLease":
      return { kind: "stale" };
    case "NotAuthenticated":
      return { kind: "unauthenticated" };
    default:
      answer satisfies never;
      return { kind: "stale" };
  }
}

/** Null: the host that was named is not known (any more). */
export function toRegisterAnswer(answer: RegisterHostMutation["registerHost"]): RegisterAnswer | null {
  switch (answer.__typename) {
    case "Host":
      return { kind: "registered", hostId: answer.id };
    case "ClientOutdated":
      return { kind: "outdated", message: answer.message };
    case "NotAuthenticated":
      return { kind: "unauthenticated" };
    case "NotFound":
      return null;
    case "InvalidInput": {
      const [issue] = answer.issues;
      return {
        kind: "invalid",
        message: issue ? `${answer.message} (${issue.path}: ${issue.message})` : answer.message,
      };
    }
    default:
      answer satisfies never;
      return { kind: "invalid", message: "The server answered something unknown." };
  }
}
