import { kernelDigest } from "@widefield/experiments/kernel-digest";
import { builder } from "../builder.ts";
import { ClientOutdated, Failure, InvalidInput, NotAuthenticated, NotFound } from "../failure/failure.ts";
import { uuidOf } from "../identity/global-id.ts";
import { BackendEnum } from "./backend.ts";
import { callerOf, nobodysId } from "./calling.ts";
import { HostKindEnum } from "./host-kind.ts";
import { HostRef } from "./host-type.ts";
import { registerHost } from "./register-host.ts";

const HostInput = builder.inputType("HostInput", {
  fields: (t) => ({
    id: t.id({ description: "A host of the caller's; left out: a new one." }),
    name: t.string(),
    kind: t.field({ type: HostKindEnum, required: true }),
    backend: t.field({ type: BackendEnum, required: true }),
    gpuVendor: t.string(),
    gpuArchitecture: t.string(),
    gpuDescription: t.string(),
    engine: t.string({ required: true, description: "`chromium-156`, `firefox-150`, `node-20-dawn`" }),
    kernelDigest: t.string({ required: true }),
    maxBufferBytes: t.float({ required: true }),
    memoryBytes: t.float({ required: true }),
  }),
});

const RegisterHostResult = builder.errorUnion("RegisterHostResult", {
  types: [HostRef, InvalidInput, NotFound, NotAuthenticated, ClientOutdated],
  resolveType: () => "Host",
});

builder.mutationField("registerHost", (t) =>
  t.field({
    type: RegisterHostResult,
    description: "Makes the caller's host known, or brings its capabilities up to date when id is given.",
    args: { input: t.arg({ type: HostInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const id = input.id ? (uuidOf("Host", input.id) ?? nobodysId) : null;
      const host = await registerHost(context.database, callerOf(context), { ...input, id }, kernelDigest);
      return host instanceof Failure ? host : HostRef.addBrand(host);
    },
  }),
);
