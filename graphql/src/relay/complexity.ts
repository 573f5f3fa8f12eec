import { type GraphQLField, getNamedType } from "graphql";
import { defaultPageSize, maxPageSize } from "./page-size.ts";

/** What one request may cost. The worst honest page, 1000 results with their metrics, costs some 30,000; pages of pages cost a million. */
export const maxComplexity = 100_000;

/**
 * What it costs to answer a field at all, by the type that it gives, where that is much more than reading a row:
 * these read all trials or results of a study, or expand a sweep.
 */
const dear: Readonly<Record<string, number>> = {
  QuoteResult: 20_000,
  CreateStudyResult: 20_000,
  PublishStudyResult: 20_000,
  ExtendStudyResult: 20_000,
  ResultGroup: 15_000,
  GroupTheory: 10_000,
  // With their totalCount, which cannot be told apart here: what stands beneath a connection is counted once per row.
  ResultConnection: 5_000,
  TrialConnection: 1_000,
  DecisionConnection: 1_000,
  WorkUnitConnection: 1_000,
  Commons: 2_000,
  StudyAxis: 500,
  StudyProgress: 200,
};

/**
 * What each item of a list costs by itself, where it is not of a row's size: a learning curve has up to 2000 points, 50 kB.
 * All curves of 180 results, or one of 800, are some 40 MB, and the most that one answer may carry.
 */
const dearEach: Readonly<Record<string, number>> = { Curve: 100 };

/**
 * What a field costs: itself, and what stands beneath it once per row that it may give.
 * Connections count the rows that were asked for; other lists what is named, or else five.
 */
export function fieldComplexity(
  args: Record<string, unknown>,
  _context: unknown,
  field: GraphQLField<unknown, never, Record<string, unknown>>,
): { field: number; multiplier: number } {
  const type = getNamedType(field.type).name;
  const multiplier = rows(args, field);
  return { field: (dear[type] ?? 1) + (dearEach[type] ?? 0) * multiplier, multiplier };
}

/** What is said of a request that asks for too much. */
export function complexityError(
  kind: string,
  found: { readonly complexity: number; readonly depth: number; readonly breadth: number },
): string {
  if (kind === "Depth") return `This query is nested too deeply: its depth is ${found.depth}.`;
  if (kind === "Breadth") return `This query names too many fields: its breadth is ${found.breadth}.`;
  const [asked, most] = [found.complexity, maxComplexity].map((count) => count.toLocaleString("en"));
  return `This query asks for too much at once: its complexity is ${asked}, the most is ${most}. Take smaller pages, or ask in several requests.`;
}

function rows(args: Record<string, unknown>, field: GraphQLField<unknown, never, Record<string, unknown>>): number {
  if (field.args.some(({ name }) => name === "last")) {
    const size = Number(args.first ?? args.last ?? defaultPageSize);
    return Math.min(Math.max(size, 0), maxPageSize);
  }
  if (Array.isArray(args.ids)) return args.ids.length;
  if (Array.isArray(args.names)) return args.names.length;
  // The rows of a connection were counted at the connection.
  if (field.args.length === 0 && (field.name === "nodes" || field.name === "edges")) return 1;
  return String(field.type).startsWith("[") ? 5 : 1;
}
