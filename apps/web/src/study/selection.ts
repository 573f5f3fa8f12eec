import { spellValue } from "../chart/param-title.ts";
import { valueText } from "../chart/view.ts";
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

/** The address with this selection instead of its own; null takes it away. */
export function withSelection(address: string, selection: string | null): string {
  const [path = "", query = ""] = address.split("?");
  return changed(path, new URLSearchParams(query), { sel: selection });
}

/** Writes a selection into the address without asking the server again. */
export function select(selection: Selection | null): void {
  const search = new URLSearchParams(location.search);
  if (selection === null) search.delete("sel");
  else search.set("sel", selectionText(selection));
  const text = search.toString();
  history.replaceState(null, "", text ? `${location.pathname}?${text}` : location.pathname);
}

/** "μP, width 256, seed 1". */
export function selectionInWords(selection: Selection, title: (param: string) => string): string {
  return Object.entries(selection)
    .map(([param, value]) => spellValue(param, value) ?? `${title(param).toLowerCase()} ${valueText(value)}`)
    .join(", ");
}
