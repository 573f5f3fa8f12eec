import { LeaseState } from "@widefield/prisma/client";
import { builder } from "../builder.ts";

export const LeaseStateEnum = builder.enumType(LeaseState, { name: "LeaseState" });
