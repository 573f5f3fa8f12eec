import { paramTitle, spellValue } from "../chart/param-title.ts";
import { formatCount, formatParam } from "../format/number.ts";
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
  const fixed = Object.entries(
    Object.assign({}, ...sweeps.map((sweep) => record(record(sweep).fixed))) as object,
  ).filter(([param]) => !axes.some((axis) => axis.param === param));
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
          {formatCount(trials)} {trials === 1 ? "trial" : "trials"}
          {sweeps.length > 1
            ? `, published and then extended ${sweeps.length === 2 ? "once" : `${sweeps.length - 1} times`}`
            : ""}
        </p>
        {fixed.length > 0 ? (
          <>
            <h3 className={styles.subtitle}>The same in all trials</h3>
            <dl className={styles.fixed}>
              {fixed.map(([param, value]) => {
                const { title, unit, help } = paramTitle(paramsSchema, param);
                return (
                  <div key={param}>
                    <dt title={help}>{title}</dt>
                    <dd>
                      {formatParam(value)}
                      {unit ? ` ${unit}` : ""}
                    </dd>
                  </div>
                );
              })}
            </dl>
          </>
        ) : null}
      </div>
    </div>
  );
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" ? (value as Readonly<Record<string, unknown>>) : {};
}
