import { jsonKey, paramAt } from "../chart/json-key.ts";
import { paramTitle, spellValue } from "../chart/param-title.ts";
import { type ValuePlaces, type ValueStyle, valueStyles } from "../chart/value-style.ts";
import { formatParam } from "../format/number.ts";
import { exponentsOf } from "./subject.ts";

/** What theory says of the trials of one key: a parametrization, say. */
export interface TheoryCase {
  readonly id: string;
  readonly key: unknown;
  readonly name: string;
  /** As the chart draws it; null where the chart's lines are of another param. */
  readonly style: ValueStyle | null;
  readonly verdict: string;
  readonly summary: string;
  readonly assumptions: string;
  readonly exponents: Readonly<Record<string, number>>;
  readonly conditions: readonly Condition[];
}

/** One inequality behind a verdict. */
export interface Condition {
  readonly text: string;
  /** Its left side. */
  readonly value: number;
  readonly holds: boolean;
  /** The word that it decides: "stable". */
  readonly needs: string;
}

interface StudyTheory {
  readonly key: unknown;
  readonly theory: {
    readonly verdict: string;
    readonly summary: string;
    readonly assumptions: string;
    readonly exponents: unknown;
    readonly detail: unknown;
  };
}

/** The theory of a study as its page shows it. `colorParam` is the param whose values the chart draws as lines. */
export function theoryCases(
  theory: readonly StudyTheory[],
  colorParam: string | null,
  places: ValuePlaces,
): TheoryCase[] {
  const styleOf = valueStyles(
    colorParam,
    places,
    theory.map(({ key }) => (colorParam === null ? null : paramAt(key, colorParam))),
  );
  return theory.map(({ key, theory: { verdict, summary, assumptions, exponents, detail } }) => {
    const value = colorParam === null ? undefined : paramAt(key, colorParam);
    return {
      id: jsonKey(key),
      key,
      name: keyInWords(key, places.paramsSchema),
      style: value === undefined ? null : styleOf(value),
      verdict,
      summary,
      assumptions,
      exponents: exponentsOf(exponents),
      conditions: conditionsOf(detail),
    };
  });
}

/** Cases that share a text, in order: a sentence is printed once for all of them. */
export function sharing<Text extends string>(
  cases: readonly TheoryCase[],
  textOf: (one: TheoryCase) => Text,
): { readonly text: Text; readonly cases: readonly TheoryCase[] }[] {
  const texts = [...new Set(cases.map(textOf))];
  return texts.map((text) => ({ text, cases: cases.filter((one) => textOf(one) === text) }));
}

function keyInWords(key: unknown, paramsSchema: unknown): string {
  if (key === null || typeof key !== "object") return "All trials";
  const words = Object.entries(key).map(
    ([param, value]) => spellValue(param, value) ?? `${paramTitle(paramsSchema, param).title} ${formatParam(value)}`,
  );
  return words.join(", ") || "All trials";
}

function conditionsOf(detail: unknown): Condition[] {
  if (detail === null || typeof detail !== "object" || !("inequalities" in detail)) return [];
  return Array.isArray(detail.inequalities) ? detail.inequalities.filter(isCondition) : [];
}

function isCondition(value: unknown): value is Condition {
  return (
    value !== null &&
    typeof value === "object" &&
    "text" in value &&
    typeof value.text === "string" &&
    "value" in value &&
    typeof value.value === "number" &&
    "holds" in value &&
    typeof value.holds === "boolean" &&
    "needs" in value &&
    typeof value.needs === "string"
  );
}
