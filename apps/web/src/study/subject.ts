import type { ExperimentFiguresFragment } from "@widefield/graphql/documents";
import type { Axis, Subject } from "../chart/view.ts";

/** What of a study decides how it can be drawn, from what the API answers. */
export function subjectOf(
  axes: readonly Axis[],
  experiment: Pick<ExperimentFiguresFragment, "metrics" | "view"> | null,
  theory: readonly { readonly theory: { readonly exponents: unknown } }[],
): Subject {
  const predicted = new Set(theory.flatMap(({ theory: { exponents } }) => Object.keys(exponentsOf(exponents))));
  return {
    axes: axes.filter(({ param }) => param !== "seed"),
    seeds: axes.find(({ param }) => param === "seed") ?? { param: "seed", values: [] },
    metrics: experiment?.metrics ?? [],
    view: experiment?.view ?? null,
    predicted: [...predicted].sort(),
  };
}

/** Predicted exponents of n by metric name; whatever else the API should send is left out. */
export function exponentsOf(exponents: unknown): Readonly<Record<string, number>> {
  if (exponents === null || typeof exponents !== "object") return {};
  return Object.fromEntries(
    Object.entries(exponents).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}
