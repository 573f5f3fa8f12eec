import { builder } from "../builder.ts";
import { StudyStateEnum } from "../study/study-state.ts";
import {
  ClientOutdated,
  type Failure,
  type InputIssue,
  InvalidInput,
  NotAllowed,
  NotAuthenticated,
  NotFound,
  StaleLease,
  StudyNotActive,
} from "./failure.ts";

const FailureInterface = builder.interfaceRef<Failure>("Failure").implement({
  description: "Every expected failure: what is wrong and what to do, for a person.",
  fields: (t) => ({ message: t.exposeString("message") }),
});

const InputIssueType = builder.objectRef<InputIssue>("InputIssue").implement({
  fields: (t) => ({
    path: t.exposeString("path", { description: "Dotted path into the input, empty for the whole." }),
    message: t.exposeString("message"),
  }),
});

builder.objectType(NotAuthenticated, {
  name: "NotAuthenticated",
  description: "The request needs a signed-in account: POST /api/auth/sign-in/anonymous gives one.",
  interfaces: [FailureInterface],
});

builder.objectType(NotAllowed, { name: "NotAllowed", interfaces: [FailureInterface] });

builder.objectType(NotFound, { name: "NotFound", interfaces: [FailureInterface] });

builder.objectType(InvalidInput, {
  name: "InvalidInput",
  interfaces: [FailureInterface],
  fields: (t) => ({
    issues: t.field({ type: [InputIssueType], resolve: (failure) => [...failure.issues] }),
  }),
});

builder.objectType(ClientOutdated, {
  name: "ClientOutdated",
  description: "The tab or program runs older code than the server expects: reload or update.",
  interfaces: [FailureInterface],
  fields: (t) => ({ expectedKernelDigest: t.exposeString("expectedKernelDigest") }),
});

builder.objectType(StaleLease, {
  name: "StaleLease",
  description:
    "The fencing token is unknown, expired past its refusal deadline, or belongs to somebody else. Nothing was changed.",
  interfaces: [FailureInterface],
  fields: (t) => ({ leaseId: t.exposeID("leaseId") }),
});

builder.objectType(StudyNotActive, {
  name: "StudyNotActive",
  description: "The study is paused, finished or a draft, so this cannot be done with it now.",
  interfaces: [FailureInterface],
  fields: (t) => ({ state: t.field({ type: StudyStateEnum, resolve: (failure) => failure.state }) }),
});
