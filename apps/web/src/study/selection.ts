import { inSentence, spellValue } from "../chart/param-title.ts";
import { formatParam } from "../format/number.ts";
import { changed } from "./address.ts";

/** Params (and perhaps a seed) that single out the trials whose curves are shown; it stands in the address as `sel`. */
export type Selection = Readonly<Record<string, unknown>>;

export function selectionText(selection: Selection): string {
  return JSON.stringify(selection);
}

export function parseSelection(text: string | null): Selection | null {
  if (text === null) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed !== null && typeof parsed === "object" && !Array.isArray(parsed) ? (parsed as Selection) : null;
  } catch {
    return null;
  }
}

/** The selection as a filter of the API. */
export function selectionFilter(selection: Selection) {
  const { seed, ...params } = selection;
  return {
    params: Object.entries(params).map(([param, equals]) => ({ param, equals })),
    ...(typeof seed === "number" && { seed: [seed] }),
  };
}

/** Writes a selection into the address without asking the server again; null takes it away, and the choice of a curve with it. */
export function select(selection: Selection | null): void {
  replace(selection === null ? { sel: null, curve: null } : { sel: selectionText(selection) });
}

/** Writes into the address which of the recorded curves is shown. */
export function selectCurve(name: string): void {
  replace({ curve: name });
}

function replace(changes: Readonly<Record<string, string | null>>): void {
  history.replaceState(null, "", changed(location.pathname, new URLSearchParams(location.search), changes));
}

/** "μP, width 256, seed 1". */
export function selectionInWords(selection: Selection, title: (param: string) => string): string {
  return Object.entries(selection)
    .map(([param, value]) => spellValue(param, value) ?? `${inSentence(title(param))} ${formatParam(value)}`)
    .join(", ");
}
