import { type BrowserVolunteer, type Choices, startBrowserVolunteer } from "@widefield/volunteer/browser";
import { IDLE, nextView, type VolunteerView } from "./volunteer-view.ts";

/**
 * The one volunteer of this tab. It lives beside the page's components, so that it goes on while its owner reads other
 * pages of the site; it ends with the tab.
 */
let view: VolunteerView = IDLE;
let volunteer: BrowserVolunteer | null = null;
const listeners = new Set<() => void>();

function show(next: VolunteerView): void {
  view = next;
  for (const listener of listeners) listener();
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function currentView(): VolunteerView {
  return view;
}

/** Begins; does nothing while one is at work. */
export function startVolunteer(choices: Partial<Choices>): void {
  if (volunteer !== null) return;
  show({ ...IDLE, phase: "loading" });
  const started = startBrowserVolunteer(choices, (event) => {
    // The last word of a volunteer that was replaced is not news.
    if (volunteer !== started && volunteer !== null) return;
    if (event.kind === "ended" || event.kind === "otherTab" || event.kind === "brokeDown") volunteer = null;
    show(nextView(view, event));
  });
  volunteer = started;
}

export function chooseForVolunteer(choices: Partial<Choices>): void {
  volunteer?.choose(choices);
}

export function pauseVolunteer(): void {
  volunteer?.pause();
}

export function resumeVolunteer(): void {
  volunteer?.resume();
}

export function stopVolunteer(): void {
  volunteer?.stop();
}
