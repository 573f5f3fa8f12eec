import { paramTitle, spellValue } from "../chart/param-title.ts";
import { formatParam } from "../format/number.ts";
import { Badge } from "../ui/badge.tsx";
import styles from "./trial-params.module.css";

interface TrialParamsProps {
  readonly params: unknown;
  readonly seed: number;
  /** Params that the study varies. */
  readonly axes: readonly string[];
  readonly paramsSchema: unknown;
}

/** Every param of a trial, those that the study varies first. */
export function TrialParams({ params, seed, axes, paramsSchema }: TrialParamsProps) {
  const entries = Object.entries(params !== null && typeof params === "object" ? params : {});
  const varied = (param: string) => axes.includes(param);
  const sorted = [
    ...entries.filter(([param]) => varied(param)),
    ["seed", seed] as const,
    ...entries.filter(([param]) => !varied(param)),
  ];
  return (
    <dl className={styles.params}>
      {sorted.map(([param, value]) => {
        const { title, unit, help } = paramTitle(paramsSchema, param);
        return (
          <div key={param}>
            <dt title={help}>
              {title} {varied(param) || param === "seed" ? <Badge tone="accent">varied</Badge> : null}
            </dt>
            <dd>
              {spellValue(param, value) ?? formatParam(value)}
              {unit ? ` ${unit}` : ""}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
