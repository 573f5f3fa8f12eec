import { HostKind } from "@widefield/prisma/client";
import { builder } from "../builder.ts";

export const HostKindEnum = builder.enumType(HostKind, { name: "HostKind" });
