import { writeFile } from "node:fs/promises";
import { ensureGenerated } from "@widefield/prisma/generate";
import { documentsFile, typedDocuments } from "./typed-documents.ts";

const schemaFile = new URL("../../schema.graphql", import.meta.url);

await ensureGenerated();
// Not before: the schema is built on what Prisma generates.
const { printedSchema } = await import("../print-schema.ts");
const sdl = printedSchema();
await writeFile(schemaFile, sdl);
await writeFile(documentsFile, await typedDocuments(sdl));
