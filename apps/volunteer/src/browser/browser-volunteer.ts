import { ReleaseLeasesDocument } from "@widefield/graphql/documents";
import { request } from "@widefield/graphql/documents/client";
import type { Choices } from "../loop/choices.ts";
import type { Ending } from "../loop/loop-state.ts";
import { sentence } from "../loop/to-failure.ts";
import type { VolunteerStatus } from "../loop/volunteer-status.ts";
import type { LeaseKey } from "../loop/work.ts";
import { readSurroundings, watchSurroundings } from "./watch-surroundings.ts";
import type { UnitProgress, WorkerOrder, WorkerReport } from "./worker-message.ts";

export type { Choices } from "../loop/choices.ts";
export type { VolunteerStatus } from "../loop/volunteer-status.ts";
export type { UnitProgress } from "./worker-message.ts";

/** What a page hears. */
export type BrowserVolunteerEvent =
  | { readonly kind: "status"; readonly status: VolunteerStatus }
  | { readonly kind: "progress"; readonly progress: UnitProgress }
  /** Another tab of this browser volunteers already; nothing was started. */
  | { readonly kind: "otherTab" }
  /** The worker could not be loaded or broke down. Finished work is in the outbox. */
  | { readonly kind: "brokeDown"; readonly message: string }
  /** The last event. */
  | { readonly kind: "ended"; readonly ending: Pick<Ending, "kind" | "message"> };

/** A volunteer in this page. */
export interface BrowserVolunteer {
  choose(choices: Partial<Choices>): void;
  pause(): void;
  resume(): void;
  /** Aborts at once and gives leases back; `ended` follows. */
  stop(): void;
}

const LOCK = "widefield-volunteer";

/**
 * Volunteers in a worker of this page. Nothing heavy is loaded before this is called.
 * @returns at once; everything else is told by events, also that another tab was first
 */
export function startBrowserVolunteer(
  choices: Partial<Choices>,
  listener: (event: BrowserVolunteerEvent) => void,
): BrowserVolunteer {
  const ending = new AbortController();
  let leases: readonly LeaseKey[] = [];
  let send = (_order: WorkerOrder): void => undefined;
  /** Orders that come before the lock is there. */
  const early: WorkerOrder[] = [];
  const order = (one: WorkerOrder): void => {
    if (worker === null) early.push(one);
    else send(one);
  };
  let worker: Worker | null = null;

  function work(): Promise<void> {
    const { signal } = ending;
    return new Promise((resolve) => {
      const started = new Worker(new URL("./volunteer-worker.ts", import.meta.url), {
        type: "module",
        name: "widefield-volunteer",
      });
      worker = started;
      send = (one) => started.postMessage(one);
      const end = () => {
        ending.abort();
        started.terminate();
        resolve();
      };
      started.addEventListener("message", ({ data }: MessageEvent<WorkerReport>) => {
        if (data.kind === "status") leases = data.status.leases;
        if (data.kind === "ended") end();
        listener(data);
      });
      started.addEventListener("error", (event) => {
        end();
        listener({ kind: "brokeDown", message: event.message || "The volunteer's code could not be loaded." });
      });
      // A page that goes away gives its units back at once; the worker dies with it.
      addEventListener("pagehide", () => giveBack(leases), { signal });
      send({ kind: "start", choices, surroundings: readSurroundings() });
      for (const one of early) send(one);
      signal.addEventListener(
        "abort",
        watchSurroundings((surroundings) => send({ kind: "surroundings", surroundings })),
      );
    });
  }

  holdLock(work).then(
    (held) => {
      if (!held) listener({ kind: "otherTab" });
    },
    // A sandboxed page may have neither locks nor workers.
    (error: unknown) => listener({ kind: "brokeDown", message: sentence(error) }),
  );

  return {
    choose: (next) => order({ kind: "choose", choices: next }),
    pause: () => order({ kind: "pause" }),
    resume: () => order({ kind: "resume" }),
    stop: () => order({ kind: "stop" }),
  };
}

/** Does the work while this tab holds the browser's one volunteer lock; false when another tab has it. */
async function holdLock(work: () => Promise<void>): Promise<boolean> {
  // Pages over http have no locks; there two tabs are two volunteers.
  if (!("locks" in navigator)) {
    await work();
    return true;
  }
  return await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock === null) return false;
    await work();
    return true;
  });
}

function giveBack(leases: readonly LeaseKey[]): void {
  if (leases.length === 0) return;
  const url = new URL("/api/graphql", location.href).href;
  const keys = leases.map(({ leaseId, token }) => ({ leaseId, token }));
  request(url, ReleaseLeasesDocument, { leases: keys }, { keepalive: true }).catch(() => undefined);
}
