import { formatCount, formatCounted } from "../format/number.ts";
import type { SearchParams } from "../study/address.ts";

/** Where a reader stands in a keyset connection, as the address says it. */
export interface PageWindow {
  readonly variables: {
    readonly first?: number;
    readonly after?: string;
    readonly last?: number;
    readonly before?: string;
  };
  /** Rows before this page. Counted along the way, so right unless rows moved meanwhile. */
  readonly offset: number;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** Reads `after` or `before`, and `skip`; whatever is not a number counts as 0. */
export function pageWindow(params: SearchParams, size: number): PageWindow {
  const after = single(params.after);
  const before = single(params.before);
  const skip = Number(single(params.skip) ?? 0);
  const offset = Number.isInteger(skip) && skip > 0 ? skip : 0;
  if (before !== undefined) return { variables: { last: size, before }, offset };
  return { variables: { first: size, ...(after === undefined ? {} : { after }) }, offset };
}

/** Addresses of the neighbouring pages, keeping the filters; null where there is none. */
export function neighbours(
  path: string,
  filters: Readonly<Record<string, string>>,
  page: PageInfo,
  { offset, shown, size }: { readonly offset: number; readonly shown: number; readonly size: number },
): { readonly previous: string | null; readonly next: string | null } {
  const address = (extra: Record<string, string>) => `${path}?${new URLSearchParams({ ...filters, ...extra })}`;
  const back = Math.max(0, offset - size);
  return {
    previous:
      page.hasPreviousPage && page.startCursor !== null
        ? address({ before: page.startCursor, ...(back > 0 ? { skip: String(back) } : {}) })
        : null,
    next:
      page.hasNextPage && page.endCursor !== null
        ? address({ after: page.endCursor, skip: String(offset + shown) })
        : null,
  };
}

/** "21 to 40 of 143 hosts"; the noun is given for one. */
export function pageSummary(offset: number, shown: number, total: number, noun: string): string {
  if (shown === 0) return `No ${noun}s`;
  const all = formatCounted(total, noun);
  return shown === total ? all : `${formatCount(offset + 1)} to ${formatCount(offset + shown)} of ${all}`;
}

/** The first value of a search param that was given. */
export function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}
