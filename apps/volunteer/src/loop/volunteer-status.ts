import type { Choices } from "./choices.ts";
import { type Ending, type LoopState, mayWork, type Notice, type Tally } from "./loop-state.ts";
import type { DeviceFacts } from "./ports.ts";
import type { LeaseKey } from "./work.ts";

/** What a volunteer shows to people: plain data, safe to post between threads. */
export interface VolunteerStatus {
  readonly activity: "starting" | "computing" | "waiting" | "paused" | "stopping" | "stopped";
  /** Why it is paused; null when it is not. */
  readonly pausedBy: "person" | "hidden" | "battery" | null;
  readonly notice: StatusNotice | null;
  readonly ending: Pick<Ending, "kind" | "message"> | null;
  readonly device: DeviceFacts | null;
  readonly hostId: string | null;
  readonly choices: Choices;
  readonly unit: UnitStatus | null;
  readonly tally: Tally;
  /** Finished units that the server has not taken yet. */
  readonly waitingUnits: number;
  /** FLOP/s over whole units; null before the first. */
  readonly flopsPerSecond: number | null;
  /** What a closing page gives back. */
  readonly leases: readonly LeaseKey[];
}

/** Something that a person should know. */
export interface StatusNotice {
  readonly kind: Notice["kind"] | "diskFull" | "offline" | "nothingToDo";
  readonly message: string;
}

export interface UnitStatus {
  readonly leaseId: string;
  readonly experiment: string;
  readonly studySlug: string;
  readonly studyTitle: string;
  readonly trials: number;
  readonly flops: number;
}

/** The part of the state that people see. */
export function statusOf(state: LoopState): VolunteerStatus {
  const { computing } = state;
  return {
    activity: activityOf(state),
    pausedBy: pausedBy(state),
    notice: noticeOf(state),
    ending: state.ending === null ? null : { kind: state.ending.kind, message: state.ending.message },
    device: state.device.facts,
    hostId: state.hostId,
    choices: state.choices,
    unit:
      computing === null
        ? null
        : {
            leaseId: computing.unit.leaseId,
            experiment: `${computing.unit.experiment}@${computing.unit.version}`,
            studySlug: computing.unit.studySlug,
            studyTitle: computing.unit.studyTitle,
            trials: computing.unit.trials.length,
            flops: computing.unit.flops,
          },
    tally: state.tally,
    waitingUnits: state.outbox.entries.length,
    flopsPerSecond: state.speed,
    leases: state.held.map(({ unit }) => ({ leaseId: unit.leaseId, token: unit.token })),
  };
}

function activityOf(state: LoopState): VolunteerStatus["activity"] {
  if (state.ended) return "stopped";
  if (state.ending !== null) return "stopping";
  if (!mayWork(state)) return "paused";
  if (state.computing !== null) return "computing";
  return state.device.state === "open" && state.hostId !== null ? "waiting" : "starting";
}

function pausedBy(state: LoopState): VolunteerStatus["pausedBy"] {
  if (state.ending !== null || mayWork(state)) return null;
  if (state.paused) return "person";
  return !state.surroundings.visible && state.choices.onlyWhenVisible ? "hidden" : "battery";
}

function noticeOf(state: LoopState): VolunteerStatus["notice"] {
  if (state.diskProblem !== null && state.outbox.entries.length > 0) {
    const message = `Finished work could not be saved here (${state.diskProblem}). It is kept in memory and sent from there: keep this open, and make room on the disk.`;
    return { kind: "diskFull", message };
  }
  if (!state.surroundings.online && state.ending === null) {
    return { kind: "offline", message: "No network. Finished work is kept here and sent when it is back." };
  }
  if (state.notice !== null) return state.notice;
  const waits = state.idle.reason !== null && state.held.length === 0 && state.computing === null;
  return waits && mayWork(state) ? { kind: "nothingToDo", message: state.idle.reason } : null;
}
