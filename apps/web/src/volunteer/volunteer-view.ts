import type { BrowserVolunteerEvent, UnitProgress, VolunteerStatus } from "@widefield/volunteer/browser";

/** What the page shows of the volunteer in this tab. Plain data. */
export interface VolunteerView {
  readonly phase: "idle" | "loading" | "running" | "ended";
  readonly status: VolunteerStatus | null;
  /** The unit under way, or the last one for the moment until the next. */
  readonly unit: VolunteerStatus["unit"];
  readonly progress: UnitProgress | null;
  readonly curve: LiveCurve | null;
  /** Why it ended, or why it never began. */
  readonly end: VolunteerEnd | null;
}

export interface VolunteerEnd {
  readonly kind: "asked" | "done" | "outdated" | "noDevice" | "refused" | "otherTab" | "brokeDown";
  readonly message: string;
}

/** The newest unit's loss, trial by trial; it stays after the unit is done, until the next has something to show. */
export interface LiveCurve {
  readonly leaseId: string;
  readonly studySlug: string;
  readonly experiment: string;
  readonly steps: number;
  readonly lines: readonly (readonly CurvePoint[])[];
}

export interface CurvePoint {
  readonly step: number;
  readonly value: number;
}

export const IDLE: VolunteerView = { phase: "idle", status: null, unit: null, progress: null, curve: null, end: null };

/** The view after an event. Pure. */
export function nextView(view: VolunteerView, event: BrowserVolunteerEvent): VolunteerView {
  switch (event.kind) {
    case "status":
      return {
        ...view,
        phase: "running",
        status: event.status,
        unit: event.status.unit ?? (event.status.notice === null ? view.unit : null),
        progress: keepProgress(view, event.status),
      };
    case "progress":
      return { ...view, progress: event.progress, curve: withReading(view, event.progress) };
    case "otherTab":
      return {
        ...IDLE,
        phase: "ended",
        end: { kind: "otherTab", message: "Another tab of this browser is computing already." },
      };
    case "brokeDown":
      return { ...view, phase: "ended", progress: null, end: { kind: "brokeDown", message: event.message } };
    case "ended":
      return { ...view, phase: "ended", progress: null, end: event.ending };
    default:
      event satisfies never;
      return view;
  }
}

function keepProgress(view: VolunteerView, status: VolunteerStatus): UnitProgress | null {
  return status.unit === null || view.progress?.leaseId === status.unit.leaseId ? view.progress : null;
}

/** A reading is drawn where it changes: between two evaluations a trial repeats its last one. */
function withReading(view: VolunteerView, progress: UnitProgress): LiveCurve | null {
  const { unit } = view;
  if (progress.latest.every((value) => value === null)) return view.curve;
  const same = view.curve?.leaseId === progress.leaseId ? view.curve : null;
  const lines = progress.latest.map((value, trial) => {
    const line = same?.lines[trial] ?? [];
    return value === null || line.at(-1)?.value === value ? line : [...line, { step: progress.step, value }];
  });
  return {
    leaseId: progress.leaseId,
    studySlug: progress.studySlug,
    experiment: unit?.leaseId === progress.leaseId ? unit.experiment : (same?.experiment ?? ""),
    steps: progress.steps,
    lines,
  };
}
