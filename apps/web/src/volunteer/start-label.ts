import type { VolunteerEnd } from "./volunteer-view.ts";

/** What the start button reads after the last try ended so; null before the first. Words that send a reader to it quote this. */
export function startLabel(end: Pick<VolunteerEnd, "kind"> | null): string {
  if (end === null) return "Start computing";
  return end.kind === "asked" || end.kind === "done" ? "Compute again" : "Try again";
}
