import type { ReactNode } from "react";
import type { ParamEntry } from "../chart/param-defaults.ts";
import { paramTitle, valueInWords } from "../chart/param-title.ts";

interface ParamListProps {
  readonly entries: readonly ParamEntry[];
  readonly paramsSchema: unknown;
  readonly className: string | undefined;
  /** Beside a param's title. */
  badge?(param: string): ReactNode;
}

/** Params by title, with their values in words and units. */
export function ParamList({ entries, paramsSchema, className, badge }: ParamListProps) {
  return (
    <dl className={className}>
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
