import { StudyState } from "@widefield/prisma/client";
import { builder } from "../builder.ts";

export const StudyStateEnum = builder.enumType(StudyState, { name: "StudyState" });
