import { type Choices, DEFAULT_CHOICES, type Surroundings } from "./choices.ts";
import type { BackendChoice, DeviceFacts } from "./ports.ts";
import type { FinishedUnit, GrantedUnit, LeaseKey } from "./work.ts";

/** Everything that the work loop knows. Plain frozen data; times are monotonic milliseconds. */
export interface LoopState {
  readonly choices: Choices;
  readonly surroundings: Surroundings;
  readonly paused: boolean;
  /** Since when no work may be done (paused, hidden, on battery); null while it may. */
  readonly inactiveSince: number | null;
  readonly ending: Ending | null;
  readonly ended: boolean;
  readonly notice: Notice | null;
  /** Why finished work could not be saved; null when the disk takes it. */
  readonly diskProblem: string | null;

  readonly device: Device;
  readonly signedIn: boolean;
  /** Sign-ins that were followed by a refusal, in a row. */
  readonly refusedSignIns: number;
  readonly hostId: string | null;
  /** The one exchange with the server under way (heartbeats and releases aside). */
  readonly exchange: Exchange | null;
  readonly retry: { readonly failures: number; readonly at: number };
  /** There was nothing to do, and why: do not ask before. The reason falls with the next grant. */
  readonly idle: { readonly until: number; readonly reason: string | null };

  /** Leased and not finished, in the order of work; the first is the one being computed, or the next. */
  readonly held: readonly HeldUnit[];
  readonly computing: Computing | null;
  /** Leases to give back. */
  readonly toRelease: readonly LeaseKey[];
  readonly releasesUnderWay: number;

  readonly outbox: { readonly read: "no" | "reading" | "yes"; readonly entries: readonly OutboxEntry[] };
  /** Measured, FLOP/s. */
  readonly speed: number | null;
  /** Measured: milliseconds that a unit takes here. */
  readonly unitMs: number | null;
  readonly tally: Tally;
  readonly pace: { readonly intensity: number; readonly suspended: boolean };
  readonly alarmAt: number | null;
}

export interface Device {
  readonly state: "closed" | "opening" | "open";
  readonly choice: BackendChoice;
  readonly facts: DeviceFacts | null;
  /** Why another device than the best is used for good; null while none was given up. */
  readonly givenUp: string | null;
  /** When it was lost. */
  readonly losses: readonly number[];
}

export interface Exchange {
  readonly kind: "signIn" | "registerHost" | "lease" | "submit";
  readonly since: number;
}

export interface HeldUnit {
  readonly unit: GrantedUnit;
  readonly beatAt: number;
  readonly refuseAt: number;
  /** When the heartbeat under way was sent. */
  readonly beatingSince: number | null;
  /** Times that it was begun and not finished. */
  readonly attempts: number;
  readonly notBefore: number;
}

export interface Computing {
  readonly unit: GrantedUnit;
  readonly since: number;
  readonly fraction: number;
  readonly aborting: boolean;
}

export interface OutboxEntry {
  readonly finished: FinishedUnit;
  /** `held`: the disk would not take it, it is kept in memory; `parked`: the server refuses the request, kept for the next start. */
  readonly stage: "new" | "storing" | "stored" | "held" | "sending" | "settled" | "parked";
  readonly onDisk: boolean;
  /** It was in a request that was refused: it is sent alone, to find the entry at fault. */
  readonly suspect: boolean;
}

export interface Tally {
  /** Units computed to an end by this loop, taken by the server or not yet. */
  readonly finishedUnits: number;
  /** Units that the server has taken. */
  readonly units: number;
  readonly trials: number;
  readonly validTrials: number;
  readonly pendingTrials: number;
  readonly failedUnits: number;
  readonly staleUnits: number;
  readonly refusedUnits: number;
}

export interface Ending {
  readonly kind: "asked" | "done" | "outdated" | "noDevice" | "refused";
  readonly message: string;
  readonly since: number;
}

/** Something that a person should know. */
export interface Notice {
  readonly kind: "unreachable" | "deviceLost" | "dataUnreachable" | "resultRefused";
  readonly message: string;
}

const NO_TALLY: Tally = {
  finishedUnits: 0,
  units: 0,
  trials: 0,
  validTrials: 0,
  pendingTrials: 0,
  failedUnits: 0,
  staleUnits: 0,
  refusedUnits: 0,
};

/** A volunteer that has not begun. */
export function initialState(
  options: {
    readonly choices?: Partial<Choices>;
    readonly surroundings?: Partial<Surroundings>;
    readonly backend?: BackendChoice;
  } = {},
): LoopState {
  const choices = { ...DEFAULT_CHOICES, ...options.choices };
  return {
    choices,
    surroundings: { visible: true, onBattery: false, online: true, ...options.surroundings },
    paused: false,
    inactiveSince: null,
    ending: null,
    ended: false,
    notice: null,
    diskProblem: null,
    device: { state: "closed", choice: options.backend ?? "auto", facts: null, givenUp: null, losses: [] },
    signedIn: false,
    refusedSignIns: 0,
    hostId: null,
    exchange: null,
    retry: { failures: 0, at: 0 },
    idle: { until: 0, reason: null },
    held: [],
    computing: null,
    toRelease: [],
    releasesUnderWay: 0,
    outbox: { read: "no", entries: [] },
    speed: null,
    unitMs: null,
    tally: NO_TALLY,
    pace: { intensity: 1, suspended: false },
    alarmAt: null,
  };
}

/** Whether the person and the surroundings allow work now. */
export function mayWork(state: LoopState): boolean {
  return (
    state.ending === null &&
    !state.paused &&
    (state.surroundings.visible || !state.choices.onlyWhenVisible) &&
    !(state.surroundings.onBattery && state.choices.pauseOnBattery)
  );
}
