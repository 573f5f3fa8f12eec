import { type MetricFigures, metricNamed, metricTitle } from "../chart/metric-title.ts";
import { withUnit } from "../chart/param-title.ts";
import { formatValue } from "../format/number.ts";
import styles from "./predictions.module.css";

interface PredictionsProps {
  /** Power of the width n by stored metric; what is no number is left out. */
  readonly exponents: unknown;
  readonly metrics: readonly MetricFigures[];
}

/** How each metric should change with the width, in words. */
export function Predictions({ exponents, metrics }: PredictionsProps) {
  const entries = Object.entries(exponents !== null && typeof exponents === "object" ? exponents : {});
  return (
    <ul className={styles.predictions}>
      {entries.map(([metric, exponent]) =>
        typeof exponent === "number" ? (
          <li key={metric}>
            {withUnit(metricTitle(metrics, metric), metricNamed(metrics, metric)?.unit ?? "")}{" "}
            <Growth exponent={exponent} />
          </li>
        ) : null,
      )}
    </ul>
  );
}

function Growth({ exponent }: { readonly exponent: number }) {
  if (exponent === 0) return <>stays of the same size at every width.</>;
  return (
    <>
      {exponent > 0 ? "grows" : "shrinks"} with the width n as n<sup>{formatValue(exponent)}</sup>.
    </>
  );
}
