import type { ChartMark } from "../chart/chart-model.ts";
import { paramAt } from "../chart/json-key.ts";
import type { EndedLine } from "../chart/ladder.ts";
import type { View } from "../chart/view.ts";
import { selectionInWords } from "./selection.ts";

/** The lines of a tuning chart whose best lies at an end of the ladder: "SP at width 1024", in a view of widths coloured by point. */
export function endedLines(
  marks: readonly Pick<ChartMark, "select" | "end">[],
  view: Pick<View, "x" | "color">,
  title: (param: string) => string,
): EndedLine[] {
  return marks.flatMap(({ select, end }) => {
    if (end === null) return [];
    const params = [view.color, view.x].filter((param) => param !== null);
    const line = params.map((param) => selectionInWords({ [param]: paramAt(select, param) }, title)).join(" at ");
    return [{ line, end }];
  });
}
