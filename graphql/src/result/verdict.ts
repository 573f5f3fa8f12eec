import { Verdict } from "@widefield/prisma/client";
import { builder } from "../builder.ts";

export const VerdictEnum = builder.enumType(Verdict, { name: "Verdict" });
