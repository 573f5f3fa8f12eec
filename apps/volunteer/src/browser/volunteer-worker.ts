import { browserCache } from "@widefield/datasets/blob-cache";
import { experiments } from "@widefield/experiments/catalog";
import { kernelDigest } from "@widefield/experiments/kernel-digest";
import { createGraphqlApi } from "../api/graphql-api.ts";
import { createProgramCompute } from "../compute/program-compute.ts";
import { watchedSource } from "../compute/watched-source.ts";
import type { Surroundings } from "../loop/choices.ts";
import { initialState } from "../loop/loop-state.ts";
import type { Clock, Platform } from "../loop/ports.ts";
import { type RunningLoop, runLoop } from "../loop/run-loop.ts";
import { browserEngine } from "./browser-engine.ts";
import { cookieAccount } from "./cookie-account.ts";
import { idbStore } from "./idb-store.ts";
import { openBrowserDevice } from "./open-browser-device.ts";
import type { WorkerOrder, WorkerReport } from "./worker-message.ts";

/** The worker in which a page volunteers: the loop, the device and the numerics, away from the page's own thread. */
let loop: RunningLoop | null = null;
let tell = (_surroundings: Partial<Surroundings>): void => undefined;

const report = (message: WorkerReport): void => self.postMessage(message);

self.addEventListener("message", ({ data }: MessageEvent<WorkerOrder>) => {
  switch (data.kind) {
    case "start":
      loop ??= start(data);
      return;
    case "surroundings":
      tell(data.surroundings);
      return;
    case "choose":
      loop?.choose(data.choices);
      return;
    case "pause":
      loop?.pause();
      return;
    case "resume":
      loop?.resume();
      return;
    case "stop":
      loop?.stop();
      return;
    default:
      data satisfies never;
  }
});

function start({ choices, surroundings }: Extract<WorkerOrder, { kind: "start" }>): RunningLoop {
  const baseUrl = self.location.origin;
  const store = idbStore();
  const started = runLoop(
    {
      api: createGraphqlApi({
        baseUrl,
        account: cookieAccount(baseUrl),
        hosts: store.hosts,
        host: { kind: "BROWSER", name: null, engine: () => browserEngine(navigator.userAgent) },
        kernelDigest,
        experiments: experiments.map(({ id, version }) => `${id}@${version}`),
      }),
      outbox: store.outbox,
      compute: createProgramCompute({
        openDevice: openBrowserDevice,
        findProgram: async (id, version) => (await import("@widefield/experiments/programs")).findProgram(id, version),
        data: watchedSource(baseUrl, browserCache()),
        now: () => performance.now(),
      }),
      clock,
      platform,
    },
    initialState({ choices, surroundings }),
    {
      status: (status) => report({ kind: "status", status }),
      progress: ({ leaseId, studySlug }, { fraction, step, steps, flops, elapsedMs, latest }) => {
        const flopsPerSecond = elapsedMs > 0 ? (1000 * flops) / elapsedMs : 0;
        report({ kind: "progress", progress: { leaseId, studySlug, fraction, step, steps, flopsPerSecond, latest } });
      },
    },
  );
  void started.ended.then((ending) => report({ kind: "ended", ending }));
  return started;
}

const clock: Clock = {
  now: () => performance.now(),
  at(time, call) {
    const timer = setTimeout(call, Math.max(1, Math.ceil(time - performance.now())));
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** The page sees what a worker cannot, and tells. */
const platform: Platform = {
  watch(listener) {
    tell = listener;
    return () => {
      tell = () => undefined;
    };
  },
};
