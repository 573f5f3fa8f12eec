import { paramTitle, spellValue } from "../chart/param-title.ts";
import { formatCounted, formatParam } from "../format/number.ts";
import { heldFixed } from "./held-fixed.ts";
import { ParamList } from "./param-list.tsx";
import styles from "./sweep-summary.module.css";

interface SweepSummaryProps {
  readonly axes: readonly { readonly param: string; readonly values: readonly unknown[] }[];
  readonly sweeps: readonly unknown[];
  readonly paramsSchema: unknown;
  readonly trials: number;
}

const mostValues = 24;

/** What a study varies and what it holds fixed, in words and values. */
export function SweepSummary({ axes, sweeps, paramsSchema, trials }: SweepSummaryProps) {
  const { set, defaults } = heldFixed(
    sweeps,
    axes.map(({ param }) => param),
    paramsSchema,
  );
  return (
    <div className={styles.sweep}>
      <dl className={styles.axes}>
        {axes.map(({ param, values }) => {
          const { title, unit, help } = paramTitle(paramsSchema, param);
          return (
            <div key={param} className={styles.axis}>
              <dt title={help}>
                {title}
                {unit ? <span className={styles.unit}> {unit}</span> : null}
              </dt>
              <dd className={styles.values}>
                {values.slice(0, mostValues).map((value) => (
                  <span key={JSON.stringify(value)} className={styles.value}>
                    {spellValue(param, value) ?? formatParam(value)}
                  </span>
                ))}
                {values.length > mostValues ? <span>and {values.length - mostValues} more</span> : null}
              </dd>
            </div>
          );
        })}
      </dl>
      <div>
        <p className={styles.total}>
          {formatCounted(trials, "trial")}
          {sweeps.length > 1
            ? `, published and then extended ${sweeps.length === 2 ? "once" : `${sweeps.length - 1} times`}`
            : ""}
        </p>
        {set.length > 0 ? (
          <>
            <h3 className={styles.subtitle}>The same in all trials</h3>
            <ParamList entries={set} paramsSchema={paramsSchema} className={styles.fixed} />
          </>
        ) : null}
        {defaults.length > 0 ? (
          // Where nothing was chosen the defaults are what was trained.
          <details className={styles.defaults} open={set.length === 0}>
            <summary>{set.length === 0 ? "The same in all trials, by default" : "The others, by default"}</summary>
            <ParamList entries={defaults} paramsSchema={paramsSchema} className={styles.fixed} />
          </details>
        ) : null}
      </div>
    </div>
  );
}
