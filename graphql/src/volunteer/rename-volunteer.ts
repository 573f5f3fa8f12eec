import { builder } from "../builder.ts";
import { InvalidInput, NotAuthenticated } from "../failure/failure.ts";
import { displayName } from "./display-name.ts";
import { VolunteerRef } from "./volunteer-type.ts";

const RenameVolunteerResult = builder.errorUnion("RenameVolunteerResult", {
  types: [VolunteerRef, InvalidInput, NotAuthenticated],
  resolveType: () => "Volunteer",
});

builder.mutationField("renameVolunteer", (t) =>
  t.field({
    type: RenameVolunteerResult,
    args: { name: t.arg.string({ required: true }) },
    resolve: async (_root, args, { database, viewer }) => {
      if (!viewer) throw new NotAuthenticated();
      const chosen = displayName(args.name);
      if ("problem" in chosen) throw InvalidInput.at("name", chosen.problem);
      const renamed = await database.prisma.volunteer.update({ where: { id: viewer.id }, data: { name: chosen.name } });
      return VolunteerRef.addBrand(renamed);
    },
  }),
);
