import { readFile } from "node:fs/promises";
import { documentsFile, typedDocuments } from "@widefield/graphql/command/typed-documents";
import { printedSchema } from "@widefield/graphql/print-schema";
import { expect, test } from "vitest";

const remedy = "Run `npm run generate -w @widefield/graphql` and commit what it wrote.";

test("schema.graphql says what the code serves", async () => {
  const committed = await readFile(new URL("../../../graphql/schema.graphql", import.meta.url), "utf8");
  expect(committed === printedSchema(), remedy).toBe(true);
});

test("the typed documents are those of documents/*.graphql, and every one fits the schema", async () => {
  const committed = await readFile(documentsFile, "utf8");
  expect(committed === (await typedDocuments(printedSchema())), remedy).toBe(true);
});
