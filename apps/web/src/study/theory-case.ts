import { jsonKey, paramAt } from "../chart/json-key.ts";
import { distinct, type ValuePlaces, type ValueStyle, valueStyles } from "../chart/value-style.ts";
import { caseName } from "./case-name.ts";
import { exponentsOf } from "./subject.ts";

/** What theory says of some of a study's trials: of a parametrization, say. */
export interface TheoryCase {
  readonly id: string;
  /** Of the groups of trials that it speaks of: params and values. */
  readonly keys: readonly unknown[];
  readonly name: string;
  /** As the chart draws them; null where the chart's lines are of another param, or several of them are meant. */
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

interface CaseParams {
  /** The param by which the experiment tells trials apart: each of its values has cases of its own, also where theory says the same. */
  readonly apart: string | null;
  /** The param whose values the chart draws as lines. */
  readonly color: string | null;
}

/** The theory of a study as its page shows it: groups of which it says the same are one case, named by what tells it from the others. */
export function theoryCases(
  theory: readonly StudyTheory[],
  { apart, color }: CaseParams,
  places: ValuePlaces,
): TheoryCase[] {
  const apartOf = ({ key }: StudyTheory) => (apart === null ? undefined : paramAt(key, apart));
  const colorsOf = (groups: readonly StudyTheory[]) =>
    color === null ? [] : distinct(groups.map(({ key }) => paramAt(key, color)).filter((value) => value !== undefined));
  const styleOf = valueStyles(color, places, colorsOf(theory));
  const families = grouped(theory, (group) => jsonKey(apartOf(group)));
  return families.flatMap((family) =>
    grouped(family, ({ theory: said }) =>
      jsonKey({ ...said, exponents: exponentsOf(said.exponents), detail: conditionsOf(said.detail) }),
    ).flatMap((groups) => {
      const [first] = groups;
      if (!first) return [];
      const { verdict, summary, assumptions, exponents, detail } = first.theory;
      const colors = colorsOf(groups);
      return [
        {
          id: jsonKey(first.key),
          keys: groups.map(({ key }) => key),
          name: caseName(
            groups.map(({ key }) => key),
            family.map(({ key }) => key),
            { apart, several: families.length > 1, paramsSchema: places.paramsSchema },
          ),
          style: colors.length === 1 ? styleOf(colors[0]) : null,
          verdict,
          summary,
          assumptions,
          exponents: exponentsOf(exponents),
          conditions: conditionsOf(detail),
        },
      ];
    }),
  );
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const members = groups.get(key);
    if (members) members.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

/** Cases that share a text, in order: a sentence is printed once for all of them. */
export function sharing<Text extends string>(
  cases: readonly TheoryCase[],
  textOf: (one: TheoryCase) => Text,
): { readonly text: Text; readonly cases: readonly TheoryCase[] }[] {
  const texts = [...new Set(cases.map(textOf))];
  return texts.map((text) => ({ text, cases: cases.filter((one) => textOf(one) === text) }));
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
