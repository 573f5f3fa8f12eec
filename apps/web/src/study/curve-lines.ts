import type { StudyCurvesQuery } from "@widefield/graphql/documents";
import type { CurveLine } from "../chart/draw-curves.ts";
import { jsonKey, paramAt } from "../chart/json-key.ts";
import { paramTitle } from "../chart/param-title.ts";
import { type ValuePlaces, valueStyles } from "../chart/value-style.ts";
import { selectionInWords } from "./selection.ts";

export type CurveResult = NonNullable<StudyCurvesQuery["study"]>["results"]["nodes"][number];

/** A result whose curve may be drawn: what tells it from the others, in words and in colour. */
export interface NamedResult {
  readonly result: CurveResult;
  /** The params in which the results differ, and the seed: "learning rate 0.5, seed 1". */
  readonly name: string;
  readonly color: string;
}

/** Names results by what differs between them, and colours them by the first such param, as charts do; by seed where nothing else differs. */
export function nameResults(results: readonly CurveResult[], places: ValuePlaces): NamedResult[] {
  const differing = places.axes
    .map(({ param }) => param)
    .filter((param) => new Set(results.map((result) => jsonKey(valueIn(result, param)))).size > 1);
  const names = [...differing.filter((param) => param !== "seed"), "seed"];
  const [colored = "seed"] = names;
  const styleOf = valueStyles(
    colored,
    places,
    results.map((result) => valueIn(result, colored)),
  );
  return results.map((result) => ({
    result,
    name: selectionInWords(
      Object.fromEntries(names.map((param) => [param, valueIn(result, param)])),
      (param) => paramTitle(places.paramsSchema, param).title,
    ),
    color: styleOf(valueIn(result, colored)).color,
  }));
}

/** The lines of one recorded curve; results without it are left out. */
export function curveLines(named: readonly NamedResult[], curveName: string): CurveLine[] {
  return named.flatMap(({ result, name, color }) => {
    const curve = result.curves.find((candidate) => candidate.name === curveName);
    return curve && curve.values.length > 0
      ? [{ ...curve, id: result.id, name, color, divergedAtStep: result.divergedAtStep }]
      : [];
  });
}

function valueIn(result: CurveResult, param: string): unknown {
  return param === "seed" ? result.seed : paramAt(result.params, param);
}
