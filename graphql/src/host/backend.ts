import { Backend } from "@widefield/prisma/client";
import { builder } from "../builder.ts";

export const BackendEnum = builder.enumType(Backend, { name: "Backend" });
