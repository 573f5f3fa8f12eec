/** Exponents are compared with this tolerance: s = .08 breaks exact floats. */
export const exponentTolerance = 1e-9;

/** One condition of a theorem, with the numbers that decide it. */
export interface Inequality {
  /** As it stands in the paper, for example `a_2 + b_2 = ½`. */
  readonly text: string;
  readonly needs: "stable" | "nontrivial";
  readonly value: number;
  readonly relation: "=" | "≥";
  readonly bound: number;
  readonly holds: boolean;
}

export function equals(text: string, needs: Inequality["needs"], value: number, bound: number): Inequality {
  return { text, needs, value, relation: "=", bound, holds: Math.abs(value - bound) <= exponentTolerance };
}

export function atLeast(text: string, needs: Inequality["needs"], value: number, bound: number): Inequality {
  return { text, needs, value, relation: "≥", bound, holds: value >= bound - exponentTolerance };
}

export type Verdict = "unstable" | "trivial" | "kernel" | "feature";

/** Exactly one verdict: every stability condition, then any nontriviality condition, then r = 0 or r > 0. */
export function verdictOf(inequalities: readonly Inequality[], r: number): Verdict {
  if (inequalities.some(({ needs, holds }) => needs === "stable" && !holds)) return "unstable";
  if (!inequalities.some(({ needs, holds }) => needs === "nontrivial" && holds)) return "trivial";
  return Math.abs(r) <= exponentTolerance ? "feature" : "kernel";
}
