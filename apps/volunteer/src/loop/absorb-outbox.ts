import type { LoopEvent } from "./loop-event.ts";
import type { LoopState, OutboxEntry } from "./loop-state.ts";

type OutboxEvent = Extract<LoopEvent, { kind: "outboxRead" | "stored" | "storeFailed" }>;

/** What the disk says. */
export function absorbOutbox(state: LoopState, event: OutboxEvent): LoopState {
  switch (event.kind) {
    case "outboxRead": {
      const known = new Set(state.outbox.entries.map((entry) => entry.finished.leaseId));
      const found = event.entries
        .filter((finished) => !known.has(finished.leaseId))
        .map((finished): OutboxEntry => ({ finished, stage: "stored", onDisk: true, suspect: false }));
      return { ...state, outbox: { read: "yes", entries: [...found, ...state.outbox.entries] } };
    }
    case "stored":
      return {
        ...withEntry(state, event.leaseId, (entry) => ({ ...entry, stage: "stored", onDisk: true })),
        diskProblem: null,
      };
    case "storeFailed":
      return {
        ...withEntry(state, event.leaseId, (entry) => ({ ...entry, stage: "held" })),
        diskProblem: event.message,
      };
    default:
      event satisfies never;
      return state;
  }
}

/** Replaces one entry of the outbox. */
export function withEntry(state: LoopState, leaseId: string, change: (entry: OutboxEntry) => OutboxEntry): LoopState {
  return {
    ...state,
    outbox: {
      ...state.outbox,
      entries: state.outbox.entries.map((entry) => (entry.finished.leaseId === leaseId ? change(entry) : entry)),
    },
  };
}
