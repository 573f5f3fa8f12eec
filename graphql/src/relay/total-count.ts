import { builder } from "../builder.ts";

builder.globalConnectionField("totalCount", (t) =>
  t.int({
    description: "Rows of the whole listing, whatever the page.",
    resolve: (connection) => connection.totalCount(),
  }),
);
