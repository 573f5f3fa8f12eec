import { readFile, writeFile } from "node:fs/promises";
import { documentsFile, typedDocuments } from "./typed-documents.ts";

const schemaFile = new URL("../../schema.graphql", import.meta.url);

await writeFile(documentsFile, await typedDocuments(await readFile(schemaFile, "utf8")));
