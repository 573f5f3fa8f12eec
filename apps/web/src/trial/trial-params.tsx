import type { ReactNode } from "react";
import { type ParamEntry, splitDefaults } from "../chart/param-defaults.ts";
import { paramTitle, valueInWords } from "../chart/param-title.ts";
import { Badge } from "../ui/badge.tsx";
import styles from "./trial-params.module.css";

interface TrialParamsProps {
  readonly params: unknown;
  readonly seed: number;
  /** Params that the study varies. */
  readonly axes: readonly string[];
  readonly paramsSchema: unknown;
}

/** Every param of a trial: those that the study varies, then those it chose, and folded those at their default. */
export function TrialParams({ params, seed, axes, paramsSchema }: TrialParamsProps) {
  const entries = Object.entries(params !== null && typeof params === "object" ? params : {});
  const isVaried = ([param]: ParamEntry) => axes.includes(param);
  const { chosen, defaults } = splitDefaults(
    paramsSchema,
    entries.filter((entry) => !isVaried(entry)),
  );
  const varied: ParamEntry[] = [...entries.filter(isVaried), ["seed", seed]];
  return (
    <>
      <ParamList
        entries={[...varied, ...chosen]}
        paramsSchema={paramsSchema}
        badge={(param) => (varied.some(([name]) => name === param) ? <Badge tone="accent">varied</Badge> : null)}
      />
      {defaults.length > 0 ? (
        <details className={styles.defaults}>
          <summary>Defaults</summary>
          <p>At the default of the experiment; a param that the choices above leave without meaning stands here too.</p>
          <ParamList entries={defaults} paramsSchema={paramsSchema} />
        </details>
      ) : null}
    </>
  );
}

interface ParamListProps {
  readonly entries: readonly ParamEntry[];
  readonly paramsSchema: unknown;
  badge?(param: string): ReactNode;
}

function ParamList({ entries, paramsSchema, badge }: ParamListProps) {
  return (
    <dl className={styles.params}>
      {entries.map(([param, value]) => {
        const { title, unit, help } = paramTitle(paramsSchema, param);
        return (
          <div key={param}>
            <dt title={help}>
              {title} {badge?.(param)}
            </dt>
            <dd>{valueInWords(param, value, unit)}</dd>
          </div>
        );
      })}
    </dl>
  );
}
