import { TrialState } from "@widefield/prisma/client";
import { builder } from "../builder.ts";

export const TrialStateEnum = builder.enumType(TrialState, { name: "TrialState" });
