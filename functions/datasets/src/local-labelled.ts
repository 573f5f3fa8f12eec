import { builtInManifests } from "./built-in.ts";
import { checksum } from "./checksum.ts";
import { DatasetError } from "./dataset-error.ts";
import type { LabelledSource } from "./fetch-labelled.ts";
import { assembleLabelled, type Labelled } from "./labelled.ts";
import { findLocalFiles, howToGet, readLocalFile } from "./local-files.ts";

/**
 * A built-in dataset from the files of this machine, without any server (Node).
 * @param folders further places: `<folder>/<id>/` with the four IDX files.
 * @throws `DatasetError` when it is unknown, not installed or damaged, and what to do.
 */
export async function localLabelled(id: string, folders: readonly string[] = []): Promise<Labelled> {
  const manifest = builtInManifests.find((known) => known.id === id);
  if (manifest === undefined) {
    const known = builtInManifests.map((each) => each.id).join(", ");
    throw new DatasetError(`There is no built-in dataset ${id}; there are ${known}. Others come from a server.`);
  }
  const files = findLocalFiles(manifest, folders);
  if (files === null) throw new DatasetError(`${manifest.title} is not on this machine. ${howToGet(id)}`);
  return assembleLabelled(manifest, async (role) => {
    const bytes = await readLocalFile(files[role]);
    if ((await checksum(bytes)) !== manifest.files[role].sha256) {
      throw new DatasetError(`${files[role]} is not the original: its SHA-256 differs. ${howToGet(id)}`);
    }
    return bytes;
  });
}

/** Built-in datasets from this machine, each read once. */
export function localSource(folders: readonly string[] = []): LabelledSource {
  const readings = new Map<string, Promise<Labelled>>();
  return {
    labelled: async (id, signal) => {
      signal.throwIfAborted();
      const reading = readings.get(id) ?? localLabelled(id, folders);
      readings.set(id, reading);
      reading.catch(() => readings.delete(id));
      return reading;
    },
  };
}
