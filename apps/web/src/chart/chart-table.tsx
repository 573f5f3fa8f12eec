import type { ReactNode } from "react";
import { formatParam, formatValue } from "../format/number.ts";
import { Table } from "../ui/table.tsx";
import { type ChartMark, type ChartModel, reservations } from "./chart-model.ts";
import styles from "./chart-table.module.css";

interface ChartTableProps {
  readonly model: ChartModel;
  /** Heads of the columns that name series and facets; null where there is none. */
  readonly seriesLabel: string | null;
  readonly facetLabel: string | null;
  readonly noteLabel: string | null;
  /** What can be done with a mark; without it there is no such column. */
  readonly actionOf?: (mark: ChartMark) => ReactNode;
}

/** The numbers of a chart, for those who do not see it or want them exactly. Rendered on the server. */
export function ChartTable({ model, seriesLabel, facetLabel, noteLabel, actionOf }: ChartTableProps) {
  return (
    <details className={styles.details}>
      <summary>Numbers behind this chart</summary>
      <Table caption={model.title}>
        <thead>
          <tr>
            {facetLabel ? <th scope="col">{facetLabel}</th> : null}
            {seriesLabel ? <th scope="col">{seriesLabel}</th> : null}
            <th scope="col" data-align="right">
              {model.xLabel}
            </th>
            <th scope="col" data-align="right">
              {model.yLabel}
            </th>
            <th scope="col" data-align="right">
              95 % interval
            </th>
            {noteLabel ? <th scope="col">{noteLabel}</th> : null}
            <th scope="col" data-align="right">
              Trials
            </th>
            <th scope="col" data-align="right">
              Diverged
            </th>
            {actionOf ? <th scope="col">Look closer</th> : null}
          </tr>
        </thead>
        <tbody>
          {model.marks.map((mark) => (
            <tr key={`${mark.facet} ${mark.series} ${mark.x} ${mark.note}`}>
              {facetLabel ? <td>{mark.facet}</td> : null}
              {seriesLabel ? <td>{mark.series}</td> : null}
              <td data-align="right">{formatParam(mark.x)}</td>
              <td data-align="right">{formatValue(mark.mean)}</td>
              <td data-align="right">
                {mark.low === null || mark.high === null
                  ? "–"
                  : `${formatValue(mark.low)} to ${formatValue(mark.high)}`}
              </td>
              {noteLabel ? <td>{[mark.note, ...reservations(mark)].join(", ")}</td> : null}
              <td data-align="right">{mark.count}</td>
              <td data-align="right">{mark.diverged}</td>
              {actionOf ? <td>{actionOf(mark)}</td> : null}
            </tr>
          ))}
        </tbody>
      </Table>
    </details>
  );
}
