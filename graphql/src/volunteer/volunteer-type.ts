import { builder } from "../builder.ts";

/** The account behind hosts and studies. Nothing here tells who it is beyond the name that it chose. */
export const VolunteerRef = builder.prismaNode("Volunteer", {
  id: { field: "id" },
  nullable: true,
  fields: (t) => ({
    name: t.exposeString("name"),
    isAnonymous: t.exposeBoolean("isAnonymous"),
    createdAt: t.expose("createdAt", { type: "DateTime" }),
  }),
});

export const VolunteerConnection = builder.connectionObject(
  { type: VolunteerRef, name: "VolunteerConnection" },
  { name: "VolunteerEdge" },
);
