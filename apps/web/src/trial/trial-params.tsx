import { type ParamEntry, splitDefaults } from "../chart/param-defaults.ts";
import { ParamList } from "../study/param-list.tsx";
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
        className={styles.params}
        badge={(param) => (varied.some(([name]) => name === param) ? <Badge tone="accent">varied</Badge> : null)}
      />
      {defaults.length > 0 ? (
        <details className={styles.defaults}>
          <summary>Defaults</summary>
          <p>At the default of the experiment; a param that the choices above leave without meaning stands here too.</p>
          <ParamList entries={defaults} paramsSchema={paramsSchema} className={styles.params} />
        </details>
      ) : null}
    </>
  );
}
