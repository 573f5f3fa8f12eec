import { readdir, readFile } from "node:fs/promises";
import { codegen } from "@graphql-codegen/core";
import * as typescriptOperations from "@graphql-codegen/typescript-operations";
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
} from "graphql";

const folder = new URL("../documents/", import.meta.url);

/** Where the typed documents are written, beside the `*.graphql` that they are made of. */
export const documentsFile = new URL("documents.generated.ts", folder);

/**
 * The TypeScript of every `documents/*.graphql`: per operation its variables, its result and its text.
 * @throws when a document does not fit the schema; the message says where.
 */
export async function typedDocuments(sdl: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".graphql")).sort();
  const documents = await Promise.all(
    names.map(async (name) => ({ location: name, document: parse(await readFile(new URL(name, folder), "utf8")) })),
  );
  const text = operationTexts(documents.map(({ document }) => document));
  return await codegen({
    filename: documentsFile.pathname,
    schema: parse(sdl),
    documents,
    config: {
      enumType: "string-literal",
      immutableTypes: true,
      scalars: { ID: "string", DateTime: "string", JSON: "unknown" },
    },
    plugins: [{ header: {} }, { typescriptOperations: {} }, { texts: {} }],
    pluginMap: {
      header: { plugin: () => ({ prepend: [header], content: "" }) },
      typescriptOperations,
      texts: { plugin: () => text },
    },
  });
}

const header = `// Made of documents/*.graphql by \`npm run generate -w @widefield/graphql\`.
import type { TypedDocument } from "./typed-document.ts";
`;

/** `export const <Name>Document = "…"`, every text with the fragments that it uses. */
function operationTexts(documents: readonly DocumentNode[]): string {
  const definitions = documents.flatMap((document) => document.definitions);
  const fragments = new Map(
    definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])),
  );
  return definitions
    .flatMap((node) => (node.kind === Kind.OPERATION_DEFINITION ? [operationText(node, fragments)] : []))
    .join("\n");
}

function operationText(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): string {
  const name = operation.name?.value;
  if (!name || !/^[A-Z][A-Za-z0-9]*$/.test(name)) {
    throw new Error("Every operation of documents/*.graphql needs a name in PascalCase.");
  }
  const used = new Set<FragmentDefinitionNode>();
  collect(operation, fragments, used);
  const text = stripIgnoredCharacters([operation, ...used].map(print).join("\n"));
  const type = name + operation.operation[0]?.toUpperCase() + operation.operation.slice(1);
  return `export const ${name}Document = ${JSON.stringify(text)} as unknown as TypedDocument<${type}, ${type}Variables>;`;
}

function collect(
  node: OperationDefinitionNode | FragmentDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  used: Set<FragmentDefinitionNode>,
): void {
  visit(node, {
    FragmentSpread: ({ name }) => {
      const fragment = fragments.get(name.value);
      if (fragment && !used.has(fragment)) {
        used.add(fragment);
        collect(fragment, fragments, used);
      }
    },
  });
}
