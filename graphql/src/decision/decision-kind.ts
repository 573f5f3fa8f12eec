import { DecisionKind } from "@widefield/prisma/client";
import { builder } from "../builder.ts";

export const DecisionKindEnum = builder.enumType(DecisionKind, { name: "DecisionKind" });
