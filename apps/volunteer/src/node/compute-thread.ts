import { parentPort, workerData } from "node:worker_threads";
import { fileCache } from "@widefield/datasets/file-cache";
import { createProgramCompute } from "../compute/program-compute.ts";
import { watchedSource } from "../compute/watched-source.ts";
import { sentence } from "../loop/to-failure.ts";
import { openNodeDevice } from "./open-node-device.ts";
import type { ThreadData, ThreadOrder, ThreadReport } from "./thread-message.ts";

/** The compute thread: carries out orders. Heavy work here leaves the main thread free for heartbeats and the person. */
const port = parentPort;
if (port === null) throw new Error("This is the start of a worker thread.");
const { baseUrl, dataFolder } = workerData as ThreadData;
const report = (message: ThreadReport): void => port.postMessage(message);
const compute = createProgramCompute({
  openDevice: openNodeDevice,
  findProgram: async (id, version) => (await import("@widefield/experiments/programs")).findProgram(id, version),
  data: watchedSource(baseUrl, fileCache(dataFolder)),
  now: () => performance.now(),
});

port.on("message", (order: ThreadOrder) => {
  switch (order.kind) {
    case "open":
      compute
        .open(order.backend, (message) => report({ kind: "lost", message }))
        .then(
          (device) => report({ kind: "opened", device }),
          (error) => report({ kind: "refused", message: sentence(error) }),
        );
      return;
    case "run": {
      const { leaseId } = order.unit;
      void compute
        .run(order.unit, (progress) => report({ kind: "progress", leaseId, progress }))
        .then((end) => report({ kind: "ended", leaseId, end }));
      return;
    }
    case "abort":
      compute.abort();
      return;
    case "pace":
      compute.pace(order.intensity, order.suspended);
      return;
    case "close":
      void compute.close().then(() => report({ kind: "closed" }));
      return;
    default:
      order satisfies never;
  }
});
