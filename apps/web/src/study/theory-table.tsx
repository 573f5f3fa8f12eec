import { Fragment } from "react";
import type { Slope } from "../chart/common-slope.ts";
import { type MetricFigures, metricTitle } from "../chart/metric-title.ts";
import { SymbolSwatch } from "../chart/symbol-swatch.tsx";
import { formatParam } from "../format/number.ts";
import { Table } from "../ui/table.tsx";
import type { MeasuredSlope } from "./measured-slopes.ts";
import type { TheoryCase } from "./theory-case.ts";
import styles from "./theory-section.module.css";
import { TheoryVerdict } from "./theory-verdict.tsx";

interface TheoryTableProps {
  readonly cases: readonly TheoryCase[];
  /** Stored names of the metrics that a power is predicted of, in the order of the rows. */
  readonly predicted: readonly string[];
  readonly metrics: readonly MetricFigures[];
  readonly measured: MeasuredSlope;
}

/**
 * Predicted powers of the width beside those measured so far: a row for each metric, a pair of columns for each case. Where theory predicts
 * none, of a blow-up say, only the verdicts.
 */
export function TheoryTable({ cases, predicted, metrics, measured }: TheoryTableProps) {
  const powers = predicted.length > 0;
  return (
    <Table caption={powers ? "Powers p of the width n, predicted and measured" : "Verdicts of theory"} inset>
      <thead className={styles.head}>
        <tr>
          <th scope="col" rowSpan={powers ? 2 : undefined} className={styles.corner}>
            {powers ? "Grows as nᵖ with p" : "Verdict"}
          </th>
          {cases.map(({ id, name, style, verdict }) => (
            <th
              key={id}
              scope={powers ? "colgroup" : "col"}
              colSpan={powers ? 2 : undefined}
              className={powers ? `${styles.case} ${styles.pair}` : styles.case}
            >
              <span className={styles.name}>
                {style ? <SymbolSwatch style={style} /> : null}
                {name}
              </span>
              <TheoryVerdict verdict={verdict} />
            </th>
          ))}
        </tr>
        {powers ? (
          <tr>
            {cases.map(({ id, name }) => (
              <Fragment key={id}>
                <th scope="col" data-align="right" className={styles.predicted} aria-label={`${name}, predicted`}>
                  predicted
                </th>
                <th scope="col" data-align="right" aria-label={`${name}, measured`}>
                  measured
                </th>
              </Fragment>
            ))}
          </tr>
        ) : null}
      </thead>
      <tbody>
        {predicted.map((metric) => (
          <tr key={metric}>
            <th scope="row">{metricTitle(metrics, metric)}</th>
            {cases.map(({ id, keys, exponents }) => (
              <Fragment key={id}>
                <td data-align="right" className={styles.predicted}>
                  {metric in exponents ? formatParam(exponents[metric]) : "–"}
                </td>
                <td data-align="right">
                  <Measured slope={measured(keys, metric)} />
                </td>
              </Fragment>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Measured({ slope }: { slope: Slope | null }) {
  if (slope === null) return "–";
  const text = slope.slope.toFixed(2).replace("-", "−");
  if (slope.error === null) return text;
  return (
    <>
      {text} <span className={styles.error}>± {slope.error.toFixed(2)}</span>
    </>
  );
}
