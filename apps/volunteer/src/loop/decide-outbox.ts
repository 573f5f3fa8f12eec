import type { LoopEffect } from "./loop-effect.ts";
import type { LoopState } from "./loop-state.ts";
import type { Rule, Transition } from "./rule.ts";

/** What is saved and what may be forgotten. */
export const outboxRules: readonly Rule[] = [read, storeNew, forgetSettled];

function read(state: LoopState): Transition {
  if (state.outbox.read !== "no" || state.ended) return { state, effects: [] };
  return { state: { ...state, outbox: { ...state.outbox, read: "reading" } }, effects: [{ kind: "readOutbox" }] };
}

function storeNew(state: LoopState): Transition {
  const fresh = state.outbox.entries.filter((entry) => entry.stage === "new");
  if (fresh.length === 0) return { state, effects: [] };
  return {
    state: {
      ...state,
      outbox: {
        ...state.outbox,
        entries: state.outbox.entries.map((entry) => (entry.stage === "new" ? { ...entry, stage: "storing" } : entry)),
      },
    },
    effects: fresh.map((entry): LoopEffect => ({ kind: "store", entry: entry.finished })),
  };
}

function forgetSettled(state: LoopState): Transition {
  const settled = state.outbox.entries.filter((entry) => entry.stage === "settled");
  if (settled.length === 0) return { state, effects: [] };
  return {
    state: {
      ...state,
      outbox: { ...state.outbox, entries: state.outbox.entries.filter((entry) => entry.stage !== "settled") },
    },
    effects: settled.map((entry): LoopEffect => ({ kind: "remove", leaseId: entry.finished.leaseId })),
  };
}
