import { type BlobCache, memoryCache } from "@widefield/datasets/blob-cache";
import { remoteSource } from "@widefield/datasets/fetch-labelled";
import type { DatasetSource } from "@widefield/experiments/contract/program";

/** The server's datasets, for one run after another. */
export interface WatchedSource {
  forRun(): RunSource;
}

/** The datasets of one run, and whether one was kept away by the network or the server: worth another try, no fault of the work. */
export interface RunSource extends DatasetSource {
  unreachable(): boolean;
}

/** Datasets over HTTP; what was read is kept in memory and in the cache. */
export function watchedSource(baseUrl: string, cache: BlobCache = memoryCache()): WatchedSource {
  let refused = false;
  const source = remoteSource({
    baseUrl,
    cache,
    async fetch(input, init) {
      refused = false;
      const response = await fetch(input, init);
      // "There is no such dataset" stays so.
      refused = response.status >= 400 && response.status < 500 && response.status !== 429;
      return response;
    },
  });
  return {
    forRun() {
      let unreachable = false;
      return {
        async labelled(id, signal) {
          try {
            return await source.labelled(id, signal);
          } catch (error) {
            unreachable = !signal.aborted && !refused;
            throw error;
          }
        },
        unreachable: () => unreachable,
      };
    },
  };
}
