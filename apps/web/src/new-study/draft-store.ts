import type { Draft } from "./draft.ts";

/** Where a browser keeps its drafts: the one of an empty form, and one for each study that a form began from. */
function keyOf(source: string | null): string {
  return source === null ? "widefield.new-study" : `widefield.new-study.${source}`;
}

/** The kept draft as text; null without one or where storage is off. */
export function loadDraft(source: string | null): string | null {
  try {
    return localStorage.getItem(keyOf(source));
  } catch {
    return null;
  }
}

/** Keeps the draft; the form works without it where storage is off or full. */
export function keepDraft(source: string | null, draft: Draft): void {
  try {
    localStorage.setItem(keyOf(source), JSON.stringify(draft));
  } catch {
    // See above.
  }
}

export function forgetDraft(source: string | null): void {
  try {
    localStorage.removeItem(keyOf(source));
  } catch {
    // Nothing was kept.
  }
}
