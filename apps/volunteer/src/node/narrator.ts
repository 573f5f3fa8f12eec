import type { Progress } from "@widefield/experiments/contract/program";
import type { VolunteerStatus } from "../loop/volunteer-status.ts";
import type { GrantedUnit } from "../loop/work.ts";

/** Something worth a line in a terminal. */
export interface VolunteerEvent {
  readonly kind: "device" | "unit" | "progress" | "accepted" | "notice" | "paused" | "ending";
  /** One sentence for a person. */
  readonly message: string;
  /** Which of the loops of `concurrency`, from 0. */
  readonly slot: number;
  readonly status: VolunteerStatus;
}

/** Least time between two lines of progress. */
const PROGRESS_MS = 5_000;

/** Turns the stream of states into the few lines that a person wants to read. */
export function createNarrator(
  slot: number,
  now: () => number,
  say: (event: VolunteerEvent) => void,
): { status(status: VolunteerStatus): void; progress(unit: GrantedUnit, progress: Progress): void } {
  let last: VolunteerStatus | null = null;
  let toldAt = Number.NEGATIVE_INFINITY;

  return {
    status(status) {
      const before = last;
      last = status;
      const tell = (kind: VolunteerEvent["kind"], message: string) => say({ kind, message, slot, status });
      if (status.device !== null && status.device !== before?.device) tell("device", deviceWords(status.device));
      const { notice, unit, tally, ending } = status;
      if (notice !== null && notice.message !== before?.notice?.message) {
        tell("notice", notice.message);
      }
      if (unit !== null && unit.leaseId !== before?.unit?.leaseId) {
        toldAt = now();
        tell("unit", `Computing ${count(unit.trials, "trial")} of “${unit.studyTitle}” (${amount(unit.flops)}FLOP).`);
      }
      if (before !== null && tally.units > before.tally.units) tell("accepted", tallyWords(status));
      if (status.pausedBy !== null && before?.pausedBy === null) tell("paused", PAUSED[status.pausedBy]);
      if (ending !== null && before?.ending == null) tell("ending", ending.message);
    },
    progress(unit, progress) {
      if (last === null || now() - toldAt < PROGRESS_MS) return;
      toldAt = now();
      const speed = progress.elapsedMs > 0 ? (1000 * progress.flops) / progress.elapsedMs : 0;
      const message = `${Math.round(100 * progress.fraction)} % of ${count(unit.trials.length, "trial")} of “${unit.studyTitle}”, step ${progress.step} of ${progress.steps}, ${amount(speed)}FLOP/s.`;
      say({ kind: "progress", message, slot, status: last });
    },
  };
}

const PAUSED = { person: "Paused.", hidden: "Paused while hidden.", battery: "Paused on battery." } as const;

function deviceWords({ backend, adapter, fallback }: NonNullable<VolunteerStatus["device"]>): string {
  const name = adapter.description || [adapter.vendor, adapter.architecture].filter(Boolean).join(" ");
  const found = `Computing with ${backend}${name ? ` on ${name}` : ""}.`;
  return fallback === null ? found : `${fallback} ${found}`;
}

function tallyWords({ tally }: VolunteerStatus): string {
  const pending = tally.pendingTrials > 0 ? `, ${tally.pendingTrials} wait for another volunteer` : "";
  return `${count(tally.units, "unit")} done: ${count(tally.trials, "trial")}, ${tally.validTrials} valid${pending}.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** 2.1e9 → "2.1 G" */
function amount(value: number): string {
  const units = ["", "k", "M", "G", "T", "P", "E"];
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** power;
  return `${scaled >= 100 ? scaled.toFixed(0) : scaled.toPrecision(2)} ${units[power]}`;
}
