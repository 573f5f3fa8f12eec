import { WorkUnitState } from "@widefield/prisma/client";
import { builder } from "../builder.ts";

export const WorkUnitStateEnum = builder.enumType(WorkUnitState, { name: "WorkUnitState" });
