import { createRequire } from "node:module";
import { join } from "node:path";
import { experiments } from "@widefield/experiments/catalog";
import { kernelDigest } from "@widefield/experiments/kernel-digest";
import { createGraphqlApi } from "../api/graphql-api.ts";
import type { Choices } from "../loop/choices.ts";
import { type Ending, initialState, type Tally } from "../loop/loop-state.ts";
import type { BackendChoice, Clock, DeviceFacts, Platform } from "../loop/ports.ts";
import { type RunningLoop, runLoop } from "../loop/run-loop.ts";
import { fileHostMemory } from "./file-host-memory.ts";
import { fileOutbox } from "./file-outbox.ts";
import { claimFolder } from "./folder-claim.ts";
import { gatherOutboxes, outboxFolder, slotFolder } from "./gather-outboxes.ts";
import { createNarrator, type VolunteerEvent } from "./narrator.ts";
import { givenAccount, keptAccount } from "./node-account.ts";
import { createThreadCompute } from "./thread-compute.ts";

export type { VolunteerEvent } from "./narrator.ts";

export interface NodeVolunteerOptions {
  /** Of the site: `http://localhost:3000`. */
  readonly url: string;
  /** Bearer token of an account; left out, an anonymous account is made and kept in `<dataDir>/credentials.json`. */
  readonly token?: string | undefined;
  /** `auto` (default): WebGPU on a real graphics adapter, else wasm. */
  readonly backend?: BackendChoice | undefined;
  /** End after so many units, over all loops together; left out: go on. */
  readonly maxUnits?: number | undefined;
  /** Loops side by side, each a host with a thread of its own; default 1. */
  readonly concurrency?: number | undefined;
  /** Only this study, by slug. */
  readonly study?: string | undefined;
  /** Only this family. */
  readonly family?: string | undefined;
  /** How the host is named in public; left out, the server names it. */
  readonly name?: string | undefined;
  /** Holds the credential, the outbox and fetched data. */
  readonly dataDir: string;
  readonly onEvent?: ((event: VolunteerEvent) => void) | undefined;
  /** Its abort (say, on SIGINT) stops at once: leases go back, finished work stays in the outbox if it cannot be sent. */
  readonly signal?: AbortSignal | undefined;
}

/** How a volunteer ended: asked to, done with `maxUnits`, or why it could not go on. */
export interface NodeVolunteerEnd {
  readonly kind: Ending["kind"];
  /** One sentence for a person. */
  readonly message: string;
  /** Over all loops. */
  readonly tally: Tally;
}

/**
 * Volunteers from Node until the signal aborts, `maxUnits` are done, or it cannot go on.
 * A restart after any end, `kill -9` included, first sends what the outbox holds.
 * @throws AlreadyVolunteering when another process of this machine works with the same folder for the same server; TypeError for a malformed url
 */
export async function runNodeVolunteer(options: NodeVolunteerOptions): Promise<NodeVolunteerEnd> {
  const { origin, host } = new URL(options.url);
  const folder = join(options.dataDir, "volunteer", host.replace(/[^a-z0-9.-]/gi, "_"));
  const letGo = await claimFolder(folder);
  try {
    const account =
      options.token === undefined
        ? keptAccount(origin, join(options.dataDir, "credentials.json"))
        : givenAccount(options.token);
    const slots = share(options.maxUnits ?? null, Math.max(1, options.concurrency ?? 1));
    await gatherOutboxes(folder, slots.length);
    const loops = slots.map((maxUnits, slot) => {
      const own = slotFolder(folder, slot);
      const narrator = createNarrator(slot, () => performance.now(), options.onEvent ?? (() => undefined));
      let tally: Tally = initialState().tally;
      const api = createGraphqlApi({
        baseUrl: origin,
        account,
        hosts: fileHostMemory(join(own, "hosts.json")),
        host: { kind: "NODE", name: hostName(options.name, slot, slots.length), engine: engineOf },
        kernelDigest,
        experiments: experiments.map(({ id, version }) => `${id}@${version}`),
      });
      const choices: Partial<Choices> = {
        maxUnits,
        study: options.study ?? null,
        family: options.family ?? null,
        pauseOnBattery: false,
      };
      const loop = runLoop(
        {
          api,
          outbox: fileOutbox(outboxFolder(folder, slot)),
          compute: createThreadCompute({ baseUrl: origin, dataFolder: join(options.dataDir, "blobs") }),
          clock,
          platform,
        },
        initialState({ choices, backend: options.backend ?? "auto" }),
        {
          status(status) {
            tally = status.tally;
            narrator.status(status);
          },
          progress: narrator.progress,
        },
      );
      return { loop, tally: () => tally };
    });
    const stop = () => {
      for (const { loop } of loops) loop.stop();
    };
    if (options.signal?.aborted) stop();
    options.signal?.addEventListener("abort", stop, { once: true });
    const endings = await endAll(loops.map(({ loop }) => loop));
    options.signal?.removeEventListener("abort", stop);
    const [ending] = [...endings].sort((a, b) => GRAVITY[b.kind] - GRAVITY[a.kind]);
    return {
      kind: ending?.kind ?? "done",
      message: ending?.message ?? "Nothing was asked for.",
      tally: loops.map((one) => one.tally()).reduce(add, initialState().tally),
    };
  } finally {
    await letGo();
  }
}

/** The gravest ending speaks for all. */
const GRAVITY: Record<Ending["kind"], number> = { done: 0, asked: 1, noDevice: 2, refused: 3, outdated: 4 };

function endAll(loops: readonly RunningLoop[]): Promise<Ending[]> {
  return Promise.all(loops.map((loop) => loop.ended));
}

/** Units for each loop; loops without any are left out. */
function share(maxUnits: number | null, loops: number): (number | null)[] {
  if (maxUnits === null) return Array.from({ length: loops }, () => null);
  const shares = Array.from({ length: loops }, (_, slot) => Math.floor((maxUnits + loops - 1 - slot) / loops));
  return shares.filter((units) => units > 0);
}

function add(a: Tally, b: Tally): Tally {
  return {
    finishedUnits: a.finishedUnits + b.finishedUnits,
    units: a.units + b.units,
    trials: a.trials + b.trials,
    validTrials: a.validTrials + b.validTrials,
    pendingTrials: a.pendingTrials + b.pendingTrials,
    failedUnits: a.failedUnits + b.failedUnits,
    staleUnits: a.staleUnits + b.staleUnits,
    refusedUnits: a.refusedUnits + b.refusedUnits,
  };
}

function hostName(name: string | undefined, slot: number, slots: number): string | null {
  if (name === undefined) return null;
  return slots === 1 ? name : `${name} ${slot + 1}`;
}

function engineOf({ backend }: DeviceFacts): string {
  const node = `node-${process.versions.node.split(".")[0]}`;
  if (backend !== "webgpu") return node;
  const { version } = createRequire(import.meta.url)("webgpu/package.json") as { version: string };
  return `${node}-dawn-${version}`;
}

const clock: Clock = {
  now: () => performance.now(),
  at(time, call) {
    const timer = setTimeout(call, Math.max(1, Math.ceil(time - performance.now())));
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** A terminal is always visible, plugged in, and on line until a request says otherwise. */
const platform: Platform = { watch: () => () => undefined };
