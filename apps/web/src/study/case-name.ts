import { jsonKey, paramAt } from "../chart/json-key.ts";
import { inSentence, paramTitle, spellValue } from "../chart/param-title.ts";
import { distinct } from "../chart/value-style.ts";
import { formatParam } from "../format/number.ts";

/** A name lists so many values of a param, or groups, at most. */
const mostListed = 3;

interface NamedBy {
  /** Of which a family has one value: "μP". */
  readonly apart: string | null;
  /** Whether there are other families, so that every name begins with its own. */
  readonly several: boolean;
  readonly paramsSchema: unknown;
}

/**
 * What tells some groups of a family from its others, in words: "UP_s, s of UP_s 0.25 or 0.5". Params of which they have
 * every value of the family are left out. Where the params taken one by one would also describe others, the groups are listed.
 */
export function caseName(mine: readonly unknown[], family: readonly unknown[], by: NamedBy): string {
  const [first] = mine;
  const params = Object.keys(first !== null && typeof first === "object" ? first : {}).filter(
    (param) => param !== by.apart,
  );
  const differing = params.filter((param) => valuesOf(mine, param).length < valuesOf(family, param).length);
  const described = describes(mine, family, differing);
  const named = described ? differing : params.filter((param) => valuesOf(family, param).length > 1);
  const said = by.apart === null ? undefined : paramAt(first, by.apart);
  const head =
    by.apart === null || said === undefined || (named.length > 0 && !by.several)
      ? []
      : [inWords(by.apart, [said], paramTitle(by.paramsSchema, by.apart).title)];
  const wordsOf = (keys: readonly unknown[]) => {
    const words = named.map((param, at) => {
      const { title } = paramTitle(by.paramsSchema, param);
      return inWords(param, valuesOf(keys, param), head.length + at === 0 ? title : inSentence(title));
    });
    return words.join(", ");
  };
  const details = described ? wordsOf(mine) : listed(mine, (key) => wordsOf([key]));
  return [...head, details].filter(Boolean).join(", ") || "All trials";
}

/** Whether the values of these params, each taken by itself, belong to these groups and to no others of the family. */
function describes(mine: readonly unknown[], family: readonly unknown[], params: readonly string[]): boolean {
  const sets = params.map((param) => ({ param, values: new Set(mine.map((key) => jsonKey(paramAt(key, param)))) }));
  const described = family.filter((key) => sets.every(({ param, values }) => values.has(jsonKey(paramAt(key, param)))));
  return described.length === mine.length;
}

function listed(keys: readonly unknown[], wordsOf: (key: unknown) => string): string {
  const words = keys.slice(0, mostListed).map(wordsOf).join("; ");
  return keys.length > mostListed ? `${words}; and ${keys.length - mostListed} more` : words;
}

function valuesOf(keys: readonly unknown[], param: string): unknown[] {
  return distinct(keys.map((key) => paramAt(key, param)));
}

function inWords(param: string, values: readonly unknown[], title: string): string {
  if (values.length > mostListed) return `${title} (${values.length} values)`;
  const spelled = values.map((value) => spellValue(param, value));
  return spelled.every((text) => text !== null)
    ? spelled.join(" or ")
    : `${title} ${values.map((value) => (value === null ? "not given" : formatParam(value))).join(" or ")}`;
}
