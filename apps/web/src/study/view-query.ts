import type { ResultFilter } from "@widefield/graphql/documents";

const enumFields = new Set(["outcome", "verdict", "backend"]);

/** GraphQL text that answers a view, with every value written out, so that it can be changed by hand. */
export function viewQueryText(
  slug: string,
  view: { readonly where: ResultFilter; readonly groupBy: readonly string[]; readonly metric: string },
): string {
  const where = Object.keys(view.where).length > 0 ? `\n      where: ${literal(view.where)}` : "";
  return `query {
  study(slug: ${JSON.stringify(slug)}) {
    title
    resultGroups(
      groupBy: ${JSON.stringify(view.groupBy)}
      metrics: [${JSON.stringify(view.metric)}]${where}
    ) {
      key
      count
      diverged
      statistics {
        mean
        confidenceLow
        confidenceHigh
      }
    }
  }
}`;
}

/** A value as a GraphQL literal: keys without quotes, names of enumerations too. */
function literal(value: unknown, field = ""): string {
  if (Array.isArray(value)) return `[${value.map((inner) => literal(inner, field)).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return `{ ${entries.map(([key, inner]) => `${key}: ${literal(inner, key)}`).join(", ")} }`;
  }
  return typeof value === "string" && enumFields.has(field) ? value : JSON.stringify(value);
}
