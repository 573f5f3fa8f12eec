import { jsonKey, paramAt } from "../chart/json-key.ts";
import { inSentence, paramTitle, spellValue } from "../chart/param-title.ts";
import { distinct } from "../chart/value-style.ts";
import { formatParam } from "../format/number.ts";

/** A name lists so many values of a param, or groups, at most. */
const mostListed = 3;

interface NamedBy {
  /** Always named: "μP". */
  readonly apart: string | null;
  readonly paramsSchema: unknown;
}

/**
 * What tells some groups of a family from its others, in words: "UP_s, s of UP_s 0.25 or 0.5". Params whose values are the same few in the
 * whole family are left out. Where the params taken one by one would also describe others, the groups are listed.
 */
export function caseName(mine: readonly unknown[], family: readonly unknown[], by: NamedBy): string {
  const [first] = mine;
  const params = Object.keys(first !== null && typeof first === "object" ? first : {}).filter(
    (param) => param !== by.apart,
  );
  const said = by.apart === null ? undefined : paramAt(first, by.apart);
  const head = by.apart === null || said === undefined ? "" : inWords(by.apart, [said], 1, by.paramsSchema);
  const titled = (param: string, keys: readonly unknown[]) => {
    const words = inWords(param, valuesOf(keys, param), valuesOf(family, param).length, by.paramsSchema);
    return head === "" ? words : inSentence(words);
  };
  const differing = params.filter((param) => valuesOf(mine, param).length < valuesOf(family, param).length);
  const details = describes(mine, family, differing)
    ? differing.map((param) => titled(param, mine))
    : [
        listed(mine, (key) =>
          params
            .filter((param) => valuesOf(family, param).length > 1)
            .map((param) => titled(param, [key]))
            .join(", "),
        ),
      ];
  return [head, ...details].filter(Boolean).join(", ") || "All trials";
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

function inWords(param: string, values: readonly unknown[], all: number, paramsSchema: unknown): string {
  const { title } = paramTitle(paramsSchema, param);
  if (values.length > mostListed) return `${title} (${values.length} of ${all} values)`;
  const spelled = values.map((value) => spellValue(param, value));
  return spelled.every((text) => text !== null)
    ? spelled.join(" or ")
    : `${title} ${values.map((value) => (value === null ? "not given" : formatParam(value))).join(" or ")}`;
}
