import type { StudyListQueryVariables, StudyOrderField, StudyState } from "@widefield/graphql/documents";
import type { SearchParams } from "../study/address.ts";

const pageSize = 12;
const states: readonly StudyState[] = ["ACTIVE", "PAUSED", "FINISHED", "DRAFT"];

export const sorts: Readonly<Record<string, { label: string; field: StudyOrderField; direction: "ASC" | "DESC" }>> = {
  newest: { label: "Newest first", field: "PUBLISHED_AT", direction: "DESC" },
  progress: { label: "Least complete first", field: "PROGRESS", direction: "ASC" },
  largest: { label: "Most trials first", field: "TRIALS", direction: "DESC" },
  title: { label: "Title, A to Z", field: "TITLE", direction: "ASC" },
};

/** What the address of the list asks for, wrong values left out. */
export interface ListChoice {
  readonly q: string;
  readonly state: StudyState | null;
  readonly family: string;
  readonly mine: boolean;
  readonly sort: string;
  readonly after: string | null;
  readonly before: string | null;
}

export function listChoice(search: SearchParams): ListChoice {
  const one = (name: string) => {
    const value = search[name];
    return (Array.isArray(value) ? value[0] : value) ?? "";
  };
  const sort = one("sort");
  return {
    q: one("q").trim(),
    state: states.find((state) => state === one("state").toUpperCase()) ?? null,
    family: one("family"),
    mine: one("mine") === "1",
    sort: sort in sorts ? sort : "newest",
    after: one("after") || null,
    before: one("before") || null,
  };
}

export function listVariables(choice: ListChoice): StudyListQueryVariables {
  const { field = "PUBLISHED_AT", direction = "DESC" } = sorts[choice.sort] ?? {};
  return {
    ...(choice.before ? { last: pageSize, before: choice.before } : { first: pageSize, after: choice.after }),
    where: {
      ...(choice.state && { state: [choice.state] }),
      ...(choice.family && { family: [choice.family] }),
      ...(choice.q && { search: choice.q }),
      ...(choice.mine && { mine: true }),
    },
    orderBy: { field, direction },
  };
}

/** The address of the list with this choice, at its first page unless a cursor is given. */
export function listAddress(
  choice: ListChoice,
  cursor: { after?: string | null; before?: string | null } = {},
): string {
  const search = new URLSearchParams();
  if (choice.q) search.set("q", choice.q);
  if (choice.state) search.set("state", choice.state.toLowerCase());
  if (choice.family) search.set("family", choice.family);
  if (choice.mine) search.set("mine", "1");
  if (choice.sort !== "newest") search.set("sort", choice.sort);
  if (cursor.after) search.set("after", cursor.after);
  if (cursor.before) search.set("before", cursor.before);
  const text = search.toString();
  return text ? `/studies?${text}` : "/studies";
}
