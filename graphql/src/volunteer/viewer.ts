import { builder } from "../builder.ts";
import { VolunteerRef } from "./volunteer-type.ts";

builder.queryField("viewer", (t) =>
  t.field({
    type: VolunteerRef,
    nullable: true,
    description: "The signed-in account, or null.",
    resolve: (_root, _args, { viewer }) => viewer,
  }),
);
