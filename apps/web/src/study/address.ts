/** Search params as Next gives them to a page. */
export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

export function searchOf(params: SearchParams): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) search.append(name, one);
  }
  return search;
}

/** The same address with some params changed; null takes one away. */
export function changed(
  path: string,
  search: URLSearchParams,
  changes: Readonly<Record<string, string | null>>,
): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  return text ? `${path}?${text}` : path;
}

/** Names that belong to the results table; everything else of a study's address is the view. */
const tableNames = new Set(["outcome", "metric", "min", "max", "sort", "after", "before"]);

/** The selected trials and their curve. They change without asking the server, so that only the browser knows what they are now. */
const selectionNames: readonly string[] = ["sel", "curve"];

/** The part of the address that the other form keeps as it is; what is selected see `selected`. Cursors never survive a change. */
export function kept(search: URLSearchParams, form: "view" | "table"): [string, string][] {
  return [...search].filter(([name]) => {
    if (name === "after" || name === "before" || selectionNames.includes(name)) return false;
    return form === "view" ? tableNames.has(name) : !tableNames.has(name);
  });
}

/** What is selected, in the address as it is now. */
export function selected(search: URLSearchParams): [string, string][] {
  return [...search].filter(([name]) => selectionNames.includes(name));
}

/** An address with what is selected now instead of its own. */
export function withSelected(address: string, now: URLSearchParams): string {
  const [path = "", query = ""] = address.split("?");
  const none = Object.fromEntries(selectionNames.map((name) => [name, null]));
  return changed(path, new URLSearchParams(query), { ...none, ...Object.fromEntries(selected(now)) });
}
