import type { Outcome, ResultFilter, ResultOrder } from "@widefield/graphql/documents";
import { metricNamed } from "../chart/metric-title.ts";
import { fixedFilter, type Subject, type View } from "../chart/view.ts";

/** What of a study's results the table shows: it stands in the address. */
export interface TableChoice {
  readonly outcome: Outcome | null;
  readonly metric: string | null;
  readonly min: number | null;
  readonly max: number | null;
  /** The bounds as they stand in the address, numbers or not. */
  readonly typed: { readonly min: string; readonly max: string };
  /** `position`, `decided`, `elapsed`, `param:<name>`, `metric:<name>`; a leading minus turns it round. */
  readonly sort: string;
  readonly after: string | null;
  readonly before: string | null;
}

export const resultsPageSize = 20;
const outcomes: readonly Outcome[] = ["SUCCEEDED", "DIVERGED", "FAILED"];

export function tableChoice(search: URLSearchParams, subject: Subject): TableChoice {
  const metric = search.get("metric");
  return {
    outcome: outcomes.find((outcome) => outcome === search.get("outcome")?.toUpperCase()) ?? null,
    metric: metric !== null && metricNamed(subject.metrics, metric) ? metric : null,
    min: finite(search.get("min")),
    max: finite(search.get("max")),
    typed: { min: search.get("min")?.trim() ?? "", max: search.get("max")?.trim() ?? "" },
    sort: search.get("sort") ?? "position",
    after: search.get("after"),
    before: search.get("before"),
  };
}

/** The filter of the API for the table: the view's fixed params and the table's own conditions. */
export function tableFilter(choice: TableChoice, fixed: View["fixed"]): ResultFilter {
  const params = fixedFilter(fixed);
  const bounded = choice.metric !== null && (choice.min !== null || choice.max !== null) && !crossed(choice);
  return {
    ...(params.length > 0 && { params }),
    ...(choice.outcome && { outcome: [choice.outcome] }),
    ...(bounded &&
      choice.metric !== null && {
        metrics: [
          {
            metric: choice.metric,
            ...(choice.min !== null && { gte: choice.min }),
            ...(choice.max !== null && { lte: choice.max }),
          },
        ],
      }),
  };
}

/** What the table leaves out of account, said at the field that it stands in. */
export interface TableProblems {
  readonly metric?: string;
  readonly min?: string;
  readonly max?: string;
}

export function tableProblems({ metric, min, max, typed }: TableChoice): TableProblems {
  const bounded = min !== null || max !== null;
  return {
    ...(bounded && metric === null && { metric: "Choose the metric that the bounds are for: they do not count yet." }),
    ...(min === null && typed.min !== "" && { min: notANumber(typed.min) }),
    ...(max === null && typed.max !== "" && { max: notANumber(typed.max) }),
    ...(crossed({ min, max }) && {
      max: `No number is at least ${typed.min} and at most ${typed.max}: these bounds do not count.`,
    }),
  };
}

/** Bounds with nothing between them are a slip, like one that is no number: they filter nothing, and the field says so. */
function crossed({ min, max }: Pick<TableChoice, "min" | "max">): boolean {
  return min !== null && max !== null && min > max;
}

function notANumber(typed: string): string {
  return `“${typed}” is not a number and does not count. Write one like 0.5 or 1e-3.`;
}

/** What to say where the table is empty. A reader who filters nothing has nothing to widen. */
export function noResults(
  choice: TableChoice,
  fixed: View["fixed"],
): { readonly title: string; readonly advice: string } {
  const filtered = Object.keys(tableFilter(choice, fixed)).length > 0;
  return filtered
    ? { title: "No agreed result matches", advice: "Widen the filters, or wait for more replicas to agree." }
    : { title: "No agreed result yet", advice: "Results stand here as soon as replicas of a trial agree." };
}

export function tableOrder(sort: string, subject: Subject): ResultOrder {
  const direction = sort.startsWith("-") ? "DESC" : "ASC";
  const name = sort.replace(/^-/, "");
  if (name === "decided") return { field: "DECIDED_AT", direction };
  if (name === "elapsed") return { field: "ELAPSED_MS", direction };
  const [kind, target = ""] = split(name);
  if (kind === "param" && (target === "seed" || subject.axes.some(({ param }) => param === target))) {
    return { param: target, direction };
  }
  if (kind === "metric" && metricNamed(subject.metrics, target)) return { metric: target, direction };
  return { field: "POSITION", direction };
}

/** `param:layer.width` as its two parts; only the first colon counts. */
function split(name: string): [string, string?] {
  const at = name.indexOf(":");
  return at < 0 ? [name] : [name.slice(0, at), name.slice(at + 1)];
}

function finite(text: string | null): number | null {
  if (text === null || text.trim() === "") return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
