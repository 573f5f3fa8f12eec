import { Outcome } from "@widefield/prisma/client";
import { builder } from "../builder.ts";

export const OutcomeEnum = builder.enumType(Outcome, { name: "Outcome" });
