import type { Command } from "commander";
import { CommandFailure, usageFailure } from "../failure/command-failure.ts";
import { formatQuantity } from "../terminal/quantity.ts";
import { formatTable } from "../terminal/table.ts";

interface ImportOptions {
  readonly title?: string;
  readonly source: string;
  readonly license: string;
  readonly trainInputs?: string;
  readonly trainLabels?: string;
  readonly testInputs?: string;
  readonly testLabels?: string;
}

export function addDataCommand(program: Command): void {
  const data = program.command("data").description("the datasets in this machine's database, or that of DATABASE_URL");

  data
    .command("list")
    .description("list the datasets")
    .option("--json", "one JSON object")
    .action(async (options: { json?: boolean }) => {
      const { listDatasets } = await import("@widefield/datasets/store/dataset");
      const { withLocalDatabase } = await import("./local-database.ts");
      const datasets = await withLocalDatabase(listDatasets);
      if (options.json) return console.log(JSON.stringify({ datasets }));
      if (datasets.length === 0) return console.log("No datasets yet; `widefield start` brings in those it knows.");
      console.log(
        formatTable(
          ["dataset", "features", "classes", "size", "license", "title"],
          datasets.map(({ id, features, classes, files, license, title }) => [
            id,
            String(features),
            String(classes),
            formatQuantity(
              Object.values(files).reduce((sum, file) => sum + file.bytes, 0),
              "B",
            ),
            license,
            title,
          ]),
        ),
      );
    });

  data
    .command("import")
    .description("bring a labelled dataset in, from IDX files (gzip is understood)")
    .argument("<id>", "lower-case letters, digits and hyphens; mnist and fashion-mnist need no files")
    .option("--title <text>", "what people read")
    .option("--source <text>", "a citation or an address", "not stated")
    .option("--license <text>", "under which it may be used", "not stated")
    .option("--train-inputs <file>", "IDX of unsigned bytes, one example after the other")
    .option("--train-labels <file>", "IDX of unsigned bytes, one label per example")
    .option("--test-inputs <file>", "the same for the test set")
    .option("--test-labels <file>", "the same for the test set")
    .action(async (id: string, options: ImportOptions) => {
      const { withLocalDatabase } = await import("./local-database.ts");
      const { DatasetError } = await import("@widefield/datasets/dataset-error");
      try {
        console.log(await withLocalDatabase((database) => importDataset(database, id, options)));
      } catch (error) {
        if (error instanceof DatasetError) throw usageFailure(error.message);
        throw error;
      }
    });
}

type Database = import("@widefield/prisma/open-database").Database;

/** @returns what happened, in words. */
async function importDataset(database: Database, id: string, options: ImportOptions): Promise<string> {
  const { trainInputs, trainLabels, testInputs, testLabels } = options;
  const { builtInManifests } = await import("@widefield/datasets/built-in");
  if (builtInManifests.some((manifest) => manifest.id === id)) return importBuiltIn(database, id);
  if (!trainInputs || !trainLabels || !testInputs || !testLabels) {
    throw usageFailure("Give all four files: --train-inputs, --train-labels, --test-inputs and --test-labels.");
  }
  const { importIdx } = await import("@widefield/datasets/store/import-idx");
  const manifest = await importIdx(database, {
    id,
    title: options.title ?? id,
    source: options.source,
    license: options.license,
    files: {
      "train-inputs": trainInputs,
      "train-labels": trainLabels,
      "test-inputs": testInputs,
      "test-labels": testLabels,
    },
  });
  return `Imported ${manifest.id}: ${manifest.features} features, ${manifest.classes} classes.`;
}

async function importBuiltIn(database: Database, id: string): Promise<string> {
  const { ensureBuiltIn } = await import("@widefield/datasets/store/ensure-built-in");
  const { howToGet } = await import("@widefield/datasets/local-files");
  const { dataFolder } = await import("../place/data-folder.ts");
  const { imported, missing } = await ensureBuiltIn(database, [dataFolder()]);
  if (missing.includes(id)) throw new CommandFailure(`The files of ${id} are not on this machine. ${howToGet(id)}`);
  return imported.includes(id) ? `Imported ${id}.` : `${id} is there already.`;
}
